"""Every option of ``migrations`` creates the same schema and can continue where another stopped."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import text

from assembly_required import create_app
from assembly_required.adapters.migrations.plain import PlainMigrations
from assembly_required.adapters.orm.flask_sqlalchemy.models import db
from assembly_required.data import seed
from assembly_required.stack.assembly import assembled
from assembly_required.stack.interfaces import Migrations
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp
from tests.slots.migrations.conftest import STEPS
from tests.slots.orm.conftest import by_hand

OPTIONS = SLOTS["migrations"].names
TABLES = [table.name for table in db.metadata.sorted_tables]

each_pair = pytest.mark.parametrize(
    ("one", "other"), [OPTIONS, OPTIONS[::-1]], ids=["{} then {}".format(*OPTIONS), "{1} then {0}".format(*OPTIONS)]
)


def an_app(instance: Path, option: str, **config: Any) -> Flask:
    instance.mkdir(exist_ok=True)
    return create_app({"INSTANCE_PATH": str(instance), "STACK_MIGRATIONS": option, **config}, root=ROOT)


def steps(app: Flask) -> Migrations:
    return assembled(app).migrations


def schema(app: Flask) -> dict[str, Any]:
    """Return the columns, keys, indexes and check constraints of every table."""
    with by_hand(app) as connection:
        there = sqlalchemy.inspect(connection)
        return {
            table: {
                "columns": [{**each, "type": str(each["type"])} for each in there.get_columns(table)],
                "primary key": there.get_pk_constraint(table),
                "foreign keys": by_name(there.get_foreign_keys(table)),
                "unique": by_name(there.get_unique_constraints(table)),
                "checks": by_name(there.get_check_constraints(table)),
                "indexes": by_name(there.get_indexes(table)),
                "words": words(connection, table),
            }
            for table in there.get_table_names()
        }


def by_name(things: list[Any]) -> list[Any]:
    return sorted(things, key=lambda each: str(each["name"]))


def words(connection: sqlalchemy.Connection, table: str) -> list[str]:
    """Return SQLite's text of a table without quotes and spaces, sorted: Alembic writes constraints in any order."""
    if connection.dialect.name != "sqlite":
        return []
    sql = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
    return sorted("".join(str(sql).replace('"', "").split()).removesuffix(")").split(",CONSTRAINT"))


def contents(app: Flask) -> dict[str, list[Any]]:
    """Return every row as a mapping, so that an added or removed column can be ignored."""
    with by_hand(app) as connection:
        there = set(sqlalchemy.inspect(connection).get_table_names())
        return {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()]  # noqa: S608
            for table in TABLES
            if table in there
        }


def fill(app: Flask) -> None:
    with app.app_context():
        seed.fill(assembled(app).store, assembled(app).hashing, users=20, articles=60)


@pytest.mark.parametrize("option", OPTIONS)
def test_the_newest_step_is_the_same_everywhere(tmp_path: Path, option: str, place: dict[str, Any]) -> None:
    assert steps(an_app(tmp_path, option, **place)).latest() == STEPS[-1]


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
@pytest.mark.parametrize("option", OPTIONS)
def test_up_and_down(tmp_path: Path, option: str, orm: str, place: dict[str, Any]) -> None:
    app = an_app(tmp_path, option, STACK_ORM=orm, **place)
    with app.app_context():
        migrations = steps(app)
        assert migrations.current() is None
        for _ in range(2):
            migrations.upgrade()
            assert migrations.current() == STEPS[-1]
        for step in [*STEPS[:-1][::-1], None]:
            migrations.downgrade()
            assert migrations.current() == step
        for step in STEPS:
            migrations.upgrade(step)
            assert migrations.current() == step
        migrations.downgrade("base")
        assert migrations.current() is None
        assembled(app).store.disconnect()
    assert set(schema(app)) <= {"alembic_version"}


def test_both_make_the_same_schema_at_each_step(
    tmp_path: Path, database: str, postgresql: Callable[[], Any], request: pytest.FixtureRequest
) -> None:
    made: list[list[dict[str, Any]]] = []
    for option in OPTIONS:
        with postgresql() if database == "postgresql" else closing(sqlite3.connect(":memory:")) as url:
            app = an_app(tmp_path / option, option, **({"DATABASE_URL": url} if database == "postgresql" else {}))
            found = []
            with app.app_context():
                for step in STEPS:
                    steps(app).upgrade(step)
                    found.append(schema(app))
                for step in STEPS[:-1][::-1]:
                    steps(app).downgrade(step)
                    found.append(schema(app))
                assembled(app).store.disconnect()
            made.append(found)
    for one, other in zip(*made, strict=True):
        assert one.keys() == other.keys()
        for table in one:
            assert one[table] == other[table], table
    up, down = made[0][: len(STEPS) - 1], made[0][len(STEPS) :]
    for one, other in zip(up, down[::-1], strict=True):
        assert one == other


@pytest.mark.parametrize("option", OPTIONS)
def test_no_row_is_lost_on_the_way_down_and_up(make_app: MakeApp, option: str, place: dict[str, Any]) -> None:
    app = make_app(STACK_MIGRATIONS=option, **place)
    fill(app)
    before = contents(app)
    assert len(before["favorites"]) > 100
    with app.app_context():
        for down, up in [("0002", "0003"), ("0001", "0002"), ("0001", "0003")]:
            steps(app).downgrade(down)
            for table, rows in contents(app).items():
                assert [{**old, **new} for old, new in zip(before[table], rows, strict=True)] == before[table]
            steps(app).upgrade(up)
            steps(app).upgrade()
            assert contents(app) == before
        assert assembled(app).store.add_user("next", "next@x.de", "x").id > 1_000_000


@pytest.mark.parametrize("option", OPTIONS)
def test_favorites_get_the_instant_of_their_article(make_app: MakeApp, option: str, place: dict[str, Any]) -> None:
    app = make_app(STACK_MIGRATIONS=option, **place)
    with app.app_context():
        store = assembled(app).store
        user = store.add_user("ana", "ana@x.de", "x")
        at = datetime(2026, 2, 3, 4, 5, 6)
        for number in range(3):
            store.favorite(user, store.publish(user, f"s{number}", "T", "D", "B", [], at + timedelta(seconds=number)))
    with app.app_context():
        steps(app).downgrade("0001")
        steps(app).upgrade()
    with app.app_context():
        found, _ = store.articles(user, None, None, "ana", 20, 0)
        assert [article.slug for article in found] == ["s2", "s1", "s0"]


BAD_NAMES = {
    "ana": "ana",
    "ana\u200b": "ana-2",
    " ana\n": "ana-3",
    "ﬁ": "fi",
    "e\u0301": "é",
    "／a": "_a",
    "\u202eb\u2066": "b",
    "\u200b": "user8-2",
    "．．": "user9",
    "user8": "user8",
    "a\u200d\u0301": "á",
    "ﷺ" * 64: ("صلى الله عليه وسلم" * 64)[:64],
    "x" * 64: "x" * 64,
    "x" * 63 + "ｘ": "x" * 62 + "-2",
}
"""Stored names, and what happens to them. The ids count from 1."""


@pytest.mark.parametrize("option", OPTIONS)
def test_stored_names_follow_the_rules_afterwards(make_app: MakeApp, option: str, place: dict[str, Any]) -> None:
    app = make_app(STACK_MIGRATIONS=option, **place)
    with app.app_context():
        steps(app).downgrade("0006")
    with by_hand(app) as connection:
        for id, name in enumerate(BAD_NAMES, 1):
            row = {"id": id, "username": name, "email": f"{id}@x.de"}
            connection.execute(
                text("INSERT INTO users (id, username, email, password_hash) VALUES (:id, :username, :email, '')"), row
            )
    with app.app_context():
        for _ in range(2):
            steps(app).upgrade()
            assert [row["username"] for row in contents(app)["users"]] == list(BAD_NAMES.values())
            steps(app).downgrade("0006")


@each_pair
def test_one_takes_over_what_the_other_has_made(
    make_app: MakeApp, tmp_path: Path, one: str, other: str, place: dict[str, Any]
) -> None:
    app = make_app(tmp_path, STACK_MIGRATIONS=one, **place)
    fill(app)
    before = contents(app)
    heir = make_app(tmp_path, STACK_MIGRATIONS=other, **place)
    for (down, up), (mover, follower) in zip(pairwise(STEPS[::-1]), cycle([(heir, app), (app, heir)]), strict=False):
        with mover.app_context():
            assert steps(mover).current() == down
            steps(mover).downgrade()
        with follower.app_context():
            assert steps(follower).current() == up
    with heir.app_context():
        steps(heir).upgrade("0002")
    with app.app_context():
        steps(app).upgrade()
        assert steps(app).current() == STEPS[-1]
    assert contents(app) == before


def test_a_step_that_is_not_there(tmp_path: Path) -> None:
    app = an_app(tmp_path, "plain")
    with app.app_context(), pytest.raises(click.ClickException) as raised:
        steps(app).upgrade("9999")
    assert raised.value.message == (
        f"There is no step '9999' in {ROOT / 'migrations' / 'sql' / 'sqlite'}, which has {', '.join(STEPS)}.\n"
        "Name one of these. If the database is at that step, a newer version of the project has created it."
    )


@pytest.mark.parametrize("option", OPTIONS)
def test_a_database_from_the_future_is_left_alone(make_app: MakeApp, option: str, place: dict[str, Any]) -> None:
    app = make_app(STACK_MIGRATIONS=option, **place)
    with by_hand(app) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with app.app_context():
        for act in (steps(app).upgrade, steps(app).downgrade):
            with pytest.raises((click.ClickException, SystemExit)):
                act()
        assert steps(app).current() == "9999"


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, database: str, postgresql: Callable[[], Any]) -> None:
    (tmp_path / "0001_good.up.sql").write_text("CREATE TABLE good (id INTEGER);")
    (tmp_path / "0002_bad.up.sql").write_text("CREATE TABLE half (id INTEGER); CREATE TABLE good (id INTEGER);")
    with postgresql() if database == "postgresql" else closing(sqlite3.connect(":memory:")) as url:
        app = an_app(tmp_path / "instance", "plain", **({"DATABASE_URL": url} if database == "postgresql" else {}))
        migrations = PlainMigrations(tmp_path, steps(app)._connect)  # type: ignore[attr-defined]
        with pytest.raises(Exception, match="already exists"):
            migrations.upgrade()
        assert migrations.current() == "0001"
        assert set(schema(app)) == {"alembic_version", "good"}


@pytest.mark.parametrize("option", OPTIONS)
def test_the_schema_is_what_the_models_say(make_app: MakeApp, option: str, place: dict[str, Any]) -> None:
    app = make_app(STACK_MIGRATIONS=option, **place)
    with app.app_context():
        there = sqlalchemy.inspect(db.engine)
        assert set(there.get_table_names()) == {*db.metadata.tables, "alembic_version"}
        for table in db.metadata.sorted_tables:
            name = table.name
            columns = {each["name"]: (str(each["type"]), each["nullable"]) for each in there.get_columns(name)}
            dialect = db.engine.dialect
            declared = {each.name: (each.type.compile(dialect), each.nullable) for each in table.columns}
            assert columns == {name: (kind.split(" WITHOUT")[0], null) for name, (kind, null) in declared.items()}
            indexes = {each["name"] for each in there.get_indexes(name) if not each.get("duplicates_constraint")}
            assert indexes == {each.name for each in table.indexes}
            constraints = {each["name"] for each in there.get_unique_constraints(name)}
            constraints |= {each["name"] for each in there.get_check_constraints(name)}
            constraints |= {each["name"] for each in there.get_foreign_keys(name)}
            assert constraints == {each.name for each in table.constraints if each is not table.primary_key}
            assert all(each["options"] == {"ondelete": "CASCADE"} for each in there.get_foreign_keys(name))
