"""Run each test that uses ``app`` on stacks with every option of the slots that only the site uses."""

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from tests.conftest import ROOT, spread
from tests.site.browser import Browser

SITE = spread("login", "forms", "mail")


@pytest.fixture(scope="module", params=SITE, ids=lambda choice: ",".join(choice.values()))
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, TASK_RETRY_SECONDS=0, **request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
