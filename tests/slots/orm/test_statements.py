"""How many statements a read takes, and what the database itself refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from assembly_required.adapters.orm.flask_sqlalchemy import store
from assembly_required.adapters.orm.flask_sqlalchemy.models import Base, db
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person, unique
from tests.conftest import MakeApp


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that are sent inside."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


def a_lot(app: Flask) -> tuple[Person, str]:
    """A user who follows an author with many articles, each with tags, comments and favorites."""
    people = People(Client(in_process(app)))
    reader, author = people.new(), people.new()
    reader.post(f"/profiles/{author.username}/follow")
    slug = ""
    for number in range(30):
        slug = author.publish(tagList=[f"t{number}", "common"])["slug"]
        reader.comment(slug)
        reader.comment(slug)
        reader.post(f"/articles/{slug}/favorite")
    return reader, slug


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/articles", 4),
        ("/articles?limit=100", 4),
        ("/articles?limit=1", 4),
        ("/articles?tag=common", 4),
        ("/articles?offset=1000", 4),
        ("/articles/feed", 4),
        ("/articles/{slug}", 2),
        ("/articles/{slug}/comments", 3),
        ("/tags", 1),
        ("/user", 0),
    ],
)
def test_a_read_takes_so_many_statements_and_one_for_the_viewer(app: Flask, path: str, most: int) -> None:
    reader, slug = a_lot(app)
    path = path.replace("{slug}", slug)
    with statements(app) as sent:
        assert reader.get(path).status == 200
    viewers = 0 if path == "/tags" else 1
    assert len(sent) <= most + viewers, sent


@pytest.mark.parametrize(("path", "most"), [("/", 5), ("/article/{slug}", 3), ("/login", 0)])
def test_a_page_takes_a_fixed_number(app: Flask, path: str, most: int) -> None:
    _, slug = a_lot(app)
    with statements(app) as sent:
        assert app.test_client().get(path.replace("{slug}", slug)).status_code == 200
    assert len(sent) <= most, sent


def test_the_schema_is_what_the_models_say(app: Flask) -> None:
    with app.app_context():
        there = sqlalchemy.inspect(db.engine)
        for table in Base.metadata.sorted_tables:
            name = table.name
            columns = {each["name"]: (str(each["type"]), each["nullable"]) for each in there.get_columns(name)}
            dialect = db.engine.dialect
            assert columns == {each.name: (each.type.compile(dialect), each.nullable) for each in table.columns}
            assert {each["name"] for each in there.get_indexes(name)} == {each.name for each in table.indexes}
            constraints = {each["name"] for each in there.get_unique_constraints(name)}
            constraints |= {each["name"] for each in there.get_check_constraints(name)}
            constraints |= {each["name"] for each in there.get_foreign_keys(name)}
            assert constraints == {each.name for each in table.constraints if each is not table.primary_key}
            assert all(each["options"] == {"ondelete": "CASCADE"} for each in there.get_foreign_keys(name))
        assert set(there.get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_ids_are_never_given_twice(app: Flask) -> None:
    with app.app_context():
        made = db.session.execute(
            sqlalchemy.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")
        )
        assert all("AUTOINCREMENT" in sql for (sql,) in made if "sqlite_sequence" not in sql)


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("users", {"username": "", "email": "x@x.de", "password_hash": "x"}),
        ("users", {"username": "x" * 65, "email": "x@x.de", "password_hash": "x"}),
        ("users", {"username": None, "email": "x@x.de", "password_hash": "x"}),
        ("users", {"username": "x", "email": "x@x.de", "password_hash": "x", "bio": "x" * 1001}),
        ("tags", {"name": "x" * 51}),
        ("follows", {"follower_id": 999, "followed_id": 999}),
        ("favorites", {"user_id": 999, "article_id": 999}),
    ],
)
def test_the_database_keeps_the_rules_too(app: Flask, table: str, values: dict[str, Any]) -> None:
    with app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(Base.metadata.tables[table].insert().values(values))


def test_a_fault_in_the_middle_of_publishing_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    person = People(Client(in_process(app))).new()
    monkeypatch.setattr(store, "_set_tags", lambda *anything: 1 / 0)
    new = {"article": {"title": unique("T"), "description": "D", "body": "B", "tagList": ["a"]}}
    with pytest.raises(AssertionError, match="does not declare 500"):
        person.post("/articles", new)
    assert person.get("/articles").json["articlesCount"] == 0


def test_a_reader_does_not_wait_for_a_writer(app: Flask) -> None:
    person = People(Client(in_process(app))).new()
    with app.app_context():
        assert db.session.scalar(sqlalchemy.text("PRAGMA journal_mode")) == "wal"
        assert db.session.scalar(sqlalchemy.text("PRAGMA foreign_keys")) == 1
        db.session.execute(sqlalchemy.text("UPDATE users SET bio = 'waiting'"))
        assert person.get("/user").status == 200
        db.session.rollback()
