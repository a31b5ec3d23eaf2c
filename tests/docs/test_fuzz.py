"""Requests that schemathesis generates from the OpenAPI document get described answers, and no error of the server."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 25
"""Requests for each operation: about 15 seconds for a stack."""


@pytest.mark.full
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # schemathesis does
@pytest.mark.parametrize("stack", STACKS)
def test_generated_requests(stack: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    app = ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK=stack)
    author = People(Client(in_process(app))).new()
    author.publish(tagList=["a"])
    headers = {"Authorization": f"Token {author.token}"}
    schema = schemathesis.openapi.from_wsgi("/docs/openapi.json", app)
    for found in schema.get_all_operations():
        check(found.ok().as_strategy(), headers)


def check(requests: Any, headers: dict[str, str]) -> None:
    @given(case=requests)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    send()
