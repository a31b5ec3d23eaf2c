"""Read the token from the header, and nothing else.

A request to an API brings its token in a header: ``Authorization: Token abc``. Return the token, and ``None`` if
there is none. The name of the scheme may have any case, and other schemes are not for us. In Django REST framework,
``TokenAuthentication`` splits the header itself; here Werkzeug has parsed it already.
"""

import pytest
from flask import Flask, request

app = Flask(__name__)


def read_token():
    """Return the token of the current request; ``None`` if it has none."""
    # start
    # return request.headers["Authorization"].removeprefix("Token ")
    # solution
    sent = request.authorization
    return sent.token if sent and sent.type == "token" else None
    # end


@pytest.mark.parametrize(
    ("header", "token"),
    [
        ("Token abc", "abc"),
        ("token abc", "abc"),
        ("TOKEN abc.def-ghi", "abc.def-ghi"),
        ("Bearer abc", None),
        ("Basic YWRhOmVuZ2luZQ==", None),
        ("abc", None),
        ("", None),
    ],
)
def test_a_header(header, token):
    with app.test_request_context(headers={"Authorization": header}):
        assert read_token() == token


def test_no_header():
    with app.test_request_context("/?token=abc"):
        assert read_token() is None
