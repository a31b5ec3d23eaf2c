"""With random input no operation fails or responds with a status that it does not declare."""

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembly_required.conduit.operation import Operation
from assembly_required.conduit.operations import operations
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT
from tests.slots.payloads import payloads


@pytest.fixture(scope="module", params=STACKS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app for each named stack."""
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK=request.param)


@pytest.fixture(scope="module")
def person(app: Flask) -> Person:
    return People(Client(in_process(app))).new()


@pytest.mark.parametrize("operation", operations, ids=lambda operation: operation.id)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_json(person: Person, operation: Operation, data: st.DataObject) -> None:
    slug = person.publish()["slug"] if "{slug}" in operation.path else ""
    path = operation.path.replace("{slug}", slug).replace("{username}", person.username).replace("{id}", "1")
    value = json.dumps(data.draw(payloads(operation))).encode()
    caller = person if data.draw(st.booleans()) or operation.id == "update_user" else Client(person.send)
    answer = caller.call(operation.method, path, value)
    assert answer.status < 500


@pytest.mark.parametrize("operation", operations, ids=lambda operation: operation.id)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=60), kind=st.sampled_from(["application/json", "text/plain", "", "a/b; c"]))
def test_random_bytes(person: Person, operation: Operation, body: bytes, kind: str) -> None:
    path = operation.path.replace("{slug}", "x").replace("{username}", person.username).replace("{id}", "1")
    assert person.call(operation.method, path, body, {"Content-Type": kind}).status < 500


WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(st.sampled_from(["tag", "author", "favorited", "limit", "offset", "x"]), WORD | st.integers())
)
def test_random_queries(person: Person, query: dict[str, Any]) -> None:
    assert person.get("/articles", **query).status in (200, 422)
    assert person.get("/articles/feed", **query).status in (200, 422)
