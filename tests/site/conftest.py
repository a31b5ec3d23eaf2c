"""Run each test that uses ``app`` on every option of the slots that only the site uses."""

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT
from tests.site.browser import Browser

SITE = [{SLOTS[name].key: option} for name in ("login", "forms", "mail") for option in SLOTS[name].names]


@pytest.fixture(scope="module", params=SITE, ids=lambda choice: "=".join(*choice.items()))
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, TASK_RETRY_SECONDS=0, **request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)
