"""The tutorial alone, without the blog, as ``flask tutorial build`` uses it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assembly_required.reader.tutorial import create_blueprint


@pytest.fixture(scope="session")
def reader() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(create_blueprint())
    app.testing = True
    return app


@pytest.fixture
def client(reader: Flask) -> FlaskClient:
    return reader.test_client()


@pytest.fixture
def context(reader: Flask) -> Iterator[None]:
    """A request, in which URLs can be made."""
    with reader.test_request_context():
        yield
