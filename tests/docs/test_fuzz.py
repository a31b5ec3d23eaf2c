"""Requests that schemathesis generates from the OpenAPI document get described answers, and no error of the server."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
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
    found = [each.ok() for each in schema.get_all_operations()]
    paths = {operation.path for operation in found}
    for operation in found:
        check(operation.as_strategy(), headers, paths)


def check(requests: Any, headers: dict[str, str], paths: set[str]) -> None:
    """Send the requests of an operation.

    :param paths: the paths of all operations. A slug such as ``feed`` makes the path of another operation, which comes
        first. Source: https://spec.openapis.org/oas/v3.1.0#paths-object
    """

    @given(case=requests)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case) -> None:
        assume(case.path == case.formatted_path or case.formatted_path not in paths)
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    send()
