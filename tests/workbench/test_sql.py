"""The statements that are recorded are those that the database sees."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import POOL
from assembly_required.contract.people import People
from assembly_required.lab.compare.statements import COUNTED, trace
from assembly_required.stack.slots import SLOTS
from assembly_required.workbench.recording.watching import watch
from tests.conftest import MakeApp, by_lane
from tests.workbench.recorded import record_request, sign

PING = ("SELECT 1",)
"""What a pool sends to check a connection. SQLAlchemy has no event for it."""


def count_kinds(statements: list[str]) -> list[str]:
    kinds = [each.split(None, 1)[0].upper() for each in statements if each.strip() and each.strip() not in PING]
    return [kind for kind in kinds if kind in COUNTED]


@pytest.mark.parametrize("database", by_lane(["sqlite", "postgresql"], "sqlite"))
@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_recorded_statements_are_those_that_the_database_sees(
    make_app: MakeApp, orm: str, database: str, postgresql: Callable[[], Any]
) -> None:
    with ExitStack() as stack:
        url: dict[str, Any] = {}
        if database == "postgresql":
            url = {"DATABASE_URL": stack.enter_context(postgresql()), "DATABASE_POOL": POOL}
        seen = stack.enter_context(trace())
        app = make_app(STACK_ORM=orm, **url)
        watch(app)
        people = People(Client(in_process(app)))
        author, reader = people.new(), people.new()
        slugs = [author.publish(tagList=[f"t{number}"])["slug"] for number in range(3)]
        for method, path in (
            ("GET", "/"),
            ("GET", f"/article/{slugs[0]}"),
            ("GET", "/api/articles?limit=2"),
            ("POST", f"/api/articles/{slugs[1]}/favorite"),
            ("DELETE", f"/api/articles/{slugs[1]}/favorite"),
        ):
            record_request(app, "/")
            seen.clear()
            asker = reader if "favorite" in path else author
            recording = record_request(app, path, method=method, headers=sign(asker.token))
            assert recording.status[0] == "2"
            assert [each.kind for each in recording.statements] == count_kinds(seen)
            assert all(each.step for each in recording.statements)
            assert recording.controls or method == "GET" or (orm, database) != ("plain", "sqlite")


def test_a_statement_that_fails_is_recorded(make_app: MakeApp) -> None:
    for orm in SLOTS["orm"].names:
        app = make_app(STACK_ORM=orm)
        watch(app)
        author = People(Client(in_process(app))).new()
        author.publish(title="Same title")
        body = {"article": {"title": "Same title", "description": "x", "body": "x", "tagList": []}}
        recording = record_request(app, "/api/articles", method="POST", json=body, headers=sign(author.token))
        assert recording.status == "201 CREATED"
        assert [each.error for each in recording.statements if each.error] == ["IntegrityError"]


def test_an_adapter_from_another_package_may_have_no_statements_and_the_reason_is_given(make_app: MakeApp) -> None:
    app = make_app(STACK_ORM="tests.workbench.foreign", STACK="bare")
    watch(app)
    recording = record_request(app, "/")
    assert recording.statements == []
    assert "tests.workbench.foreign is an adapter from another package" in recording.without_sql
    assert record_request(make_app(), "/").without_sql == ""
