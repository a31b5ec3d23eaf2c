"""What is special to ``orm = django``: settings of the whole process, databases of the app."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.apps import apps
from django.db import connections
from django.test.utils import CaptureQueriesContext
from flask import Flask

from assembly_required.assembly import assembled
from assembly_required.conduit import model
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand


def connection(app: Flask) -> Any:
    """This thread's connection to the database of an app."""
    return connections[app.extensions["django"]]


def test_two_apps_have_two_databases_in_threads_and_in_each_other(make_app: MakeApp) -> None:
    worlds = {f"world{number}": make_app(STACK_ORM="django") for number in range(2)}

    def live(number: int) -> None:
        name = f"world{number % 2}"
        with worlds[name].app_context():
            user = assembled(worlds[name]).store.add_user(f"{name}_{number}", f"{number}@x.de", "x")
            assembled(worlds[name]).store.publish(user, f"s{number}", "T", "D", "B", [name], model.now())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(live, range(40)))
    one, other = worlds.values()
    with one.app_context():
        with other.app_context():
            assert assembled(other).store.tags() == ["world1"]
        assert assembled(one).store.tags() == ["world0"]
        assert assembled(one).store.articles(None, None, None, None, 20, 0)[1] == 20


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
        assert beside.execute("SELECT count(*) FROM tags").fetchone() == (0,)


def test_an_app_that_is_gone_leaves_no_database(make_app: MakeApp) -> None:
    app = make_app(STACK_ORM="django")
    alias = app.extensions["django"]
    assert alias in connections.settings
    del app
    gc.collect()
    assert alias not in connections.settings


def test_the_models_describe_the_tables(make_app: MakeApp) -> None:
    with by_hand(make_app(STACK_ORM="django")) as beside:
        for entity in apps.get_app_config("django").get_models():
            columns = beside.execute(f"PRAGMA table_info({entity._meta.db_table})").fetchall()
            assert {(name, bool(required)) for _, name, _, required, _, _ in columns} == {
                (field.column, not field.null) for field in entity._meta.local_fields
            }


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
