"""Details of ``orm = sqlalchemy_core``: its connection, its transactions and its engine."""

from pathlib import Path

import pytest
from flask import Flask, g
from sqlalchemy import insert

from assembly_required.adapters.orm.sqlalchemy_core.connections import current_connection, current_engine, transaction
from assembly_required.adapters.orm.sqlalchemy_core.statements import select_page
from assembly_required.adapters.orm.sqlalchemy_core.tables import tags
from assembly_required.conduit import model
from assembly_required.conduit.errors import NotFound
from assembly_required.conduit.interfaces import Store
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(STACK_ORM="sqlalchemy_core")


@pytest.fixture
def store(app: Flask) -> Store:
    return assembled(app).store


def test_a_context_uses_one_connection_and_returns_it(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("ana", "ana@x.de", "x")
        connection = current_connection()
        assert store.user(user.id) == user
        assert current_connection() is connection
    assert connection.closed
    with app.app_context():
        assert "connection" not in g
        assert store.user(user.id) == user


def test_an_exception_rolls_the_transaction_back(app: Flask, store: Store) -> None:
    def break_off() -> None:
        with transaction(gone=NotFound("article")) as connection:
            connection.execute(insert(tags), {"name": "a"})
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            break_off()
        assert current_connection().execute(tags.select()).all() == []


def test_what_was_left_open_is_rolled_back(app: Flask) -> None:
    with app.app_context():
        current_connection().execute(insert(tags), {"name": "a"})
    with app.app_context():
        assert current_connection().execute(tags.select()).all() == []


def test_each_app_has_its_own_engine(make_app: MakeApp, tmp_path: Path, app: Flask) -> None:
    other = make_app(tmp_path / "other", STACK_ORM="sqlalchemy_core")
    with app.app_context():
        engine = current_engine()
    with other.app_context():
        assert current_engine() is not engine


def test_the_statements_of_a_list_are_built_once() -> None:
    assert select_page("tag") is select_page("tag")
    assert select_page("tag", "author") is not select_page("tag")


def test_instants_come_back_as_they_were_written(app: Flask, store: Store) -> None:
    at = model.now().replace(microsecond=0)
    with app.app_context():
        author = store.add_user("ana", "ana@x.de", "x")
        article = store.publish(author, "s", "T", "D", "B", ["b", "a"], at)
        assert (article.created_at, article.updated_at, article.tag_list) == (at, at, ["b", "a"])
        stored = current_connection().exec_driver_sql("SELECT created_at FROM articles").scalar_one()
        assert stored == f"{at:%Y-%m-%d %H:%M:%S}.000000"
