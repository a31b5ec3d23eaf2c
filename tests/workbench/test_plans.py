"""The plan of a recorded statement, from a connection that can only read."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import POOL
from assembly_required.contract.people import People
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from assembly_required.workbench.plans import NoPlan, explain
from assembly_required.workbench.recording.model import Statement
from assembly_required.workbench.recording.watching import watch
from tests.conftest import MakeApp, by_lane
from tests.workbench.recorded import record_request, sign


@pytest.mark.parametrize("database", by_lane(["sqlite", "postgresql"], "sqlite"))
@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_every_statement_has_a_plan(make_app: MakeApp, orm: str, database: str, postgresql: Callable[[], Any]) -> None:
    with ExitStack() as stack:
        url: dict[str, Any] = {}
        if database == "postgresql":
            url = {"DATABASE_URL": stack.enter_context(postgresql()), "DATABASE_POOL": POOL}
        app = make_app(STACK_ORM=orm, **url)
        watch(app)
        author = People(Client(in_process(app))).new()
        slug = author.publish(tagList=["x"])["slug"]
        comment = {"comment": {"body": "Hello"}}
        recordings = [
            record_request(app, "/"),
            record_request(app, f"/article/{slug}"),
            record_request(app, "/api/articles?tag=x"),
            record_request(
                app, f"/api/articles/{slug}/comments", method="POST", json=comment, headers=sign(author.token)
            ),
            record_request(app, f"/api/articles/{slug}", method="DELETE", headers=sign(author.token)),
        ]
        settings = assembled(app).settings.database
        for recording in recordings:
            assert recording.statements
            for statement in recording.statements:
                assert explain(settings, statement), statement
        assert record_request(app, f"/article/{slug}").status == "404 NOT FOUND"


def test_nothing_is_changed_and_what_cannot_be_explained_says_so(make_app: MakeApp) -> None:
    app = make_app()
    author = People(Client(in_process(app))).new()
    author.publish()
    database = assembled(app).settings.database
    assert explain(database, Statement("DELETE FROM articles", (), 0.0))
    assert author.get("/articles").json["articlesCount"] == 1
    with pytest.raises(NoPlan, match="too large to keep"):
        explain(database, Statement("SELECT ?", None, 0.0))
    for wrong in ("SELECT nothing FROM nowhere", "SELECT 1; DELETE FROM articles"):
        with pytest.raises(NoPlan, match="SQLite cannot explain it"):
            explain(database, Statement(wrong, (), 0.0))
    assert author.get("/articles").json["articlesCount"] == 1
