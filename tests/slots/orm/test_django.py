"""Details of ``orm = django``: settings belong to the process, databases to an app."""

import gc
import threading
from pathlib import Path
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext
from flask import Flask
from sqlalchemy import text

from assembly_required import create_app
from assembly_required.conduit import model
from assembly_required.stack.assembly import assembled
from tests.conftest import ROOT, MakeApp
from tests.slots.orm.conftest import by_hand


def connection(app: Flask) -> Any:
    """Return this thread's connection to the database of an app."""
    return connections[app.extensions["django"]]


def test_a_connection_is_given_back_rolled_back_and_taken_by_the_next_thread(make_app: MakeApp) -> None:
    app = make_app(STACK_ORM="django")
    idle = connection(app).settings_dict["IDLE"]

    def leave_something() -> None:
        with app.app_context(), connection(app).cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("INSERT INTO tags (name) VALUES ('left')")

    for _ in range(3):
        thread = threading.Thread(target=leave_something)
        thread.start()
        thread.join()
    assert len(idle) == 1
    assert not idle[0].in_transaction
    with app.app_context():
        assembled(app).store.add_user("a", "a@x.de", "x")
        assert len(idle) == 0
        assembled(app).store.disconnect()
    assert len(idle) == 0
    with by_hand(app) as beside:
        assert beside.scalar(text("SELECT count(*) FROM tags")) == 0


def test_an_app_that_is_gone_leaves_no_database(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path), "STACK_ORM": "django"}, root=ROOT)
    alias = app.extensions["django"]
    assert alias in connections.settings
    del app
    gc.collect()
    assert alias not in connections.settings


def test_deleting_is_left_to_the_database(make_app: MakeApp) -> None:
    app = make_app(STACK_ORM="django")
    store = assembled(app).store
    with app.app_context():
        user = store.add_user("a", "a@x.de", "x")
        store.favorite(user, store.publish(user, "s", "T", "D", "B", ["t"], model.now()))
        with CaptureQueriesContext(connection(app)) as sent:
            store.remove_user(user)
        assert [query["sql"].split()[0] for query in sent.captured_queries] == ["BEGIN", "DELETE", "COMMIT"]
        assert store.articles(None, None, None, None, 20, 0) == ([], 0)
