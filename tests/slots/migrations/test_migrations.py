"""What every option of ``migrations`` does; and that they make the same schema, and take over from each other."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy
from flask import Flask

from assembly_required import create_app
from assembly_required.adapters.migrations.plain import PlainMigrations
from assembly_required.adapters.orm.flask_sqlalchemy.models import Base, db
from assembly_required.assembly import assembled
from assembly_required.interfaces import Migrations
from assembly_required.slots import SLOTS
from tests.conftest import ROOT, MakeApp

OPTIONS = SLOTS["migrations"].names


def an_app(instance: Path, option: str, **config: Any) -> Flask:
    return create_app({"INSTANCE_PATH": str(instance), "STACK_MIGRATIONS": option, **config}, root=ROOT)


def steps(app: Flask) -> Migrations:
    return assembled(app).migrations


def schema(path: Path) -> dict[str, Any]:
    """What SQLite itself says of every table: columns, keys, indexes, and the checks in their words."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, Any] = {}
        for table in tables:
            (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            found[table] = {
                "columns": connection.execute(f"PRAGMA table_info({table})").fetchall(),
                "keys": sorted(connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()),
                "indexes": sorted(
                    (name, unique, tuple(connection.execute(f"PRAGMA index_info({name})")))
                    for _, name, unique, *_ in connection.execute(f"PRAGMA index_list({table})")
                ),
                "words": "".join(sql.replace('"', "").split()),
            }
        return found


def test_the_newest_step_is_the_same_everywhere(tmp_path: Path) -> None:
    assert {steps(an_app(tmp_path, option)).latest() for option in OPTIONS} == {"0001"}


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
@pytest.mark.parametrize("option", OPTIONS)
def test_up_and_down(tmp_path: Path, option: str, orm: str) -> None:
    app = an_app(tmp_path, option, STACK_ORM=orm)
    with app.app_context():
        migrations = steps(app)
        assert migrations.current() is None
        for _ in range(2):
            migrations.upgrade()
            assert migrations.current() == "0001"
        migrations.downgrade()
        assert migrations.current() is None
        migrations.upgrade("0001")
        assert migrations.current() == "0001"


@pytest.mark.parametrize("option", OPTIONS)
def test_down_leaves_nothing(tmp_path: Path, option: str) -> None:
    app = an_app(tmp_path, option)
    with app.app_context():
        steps(app).upgrade()
        steps(app).downgrade("base")
    assert set(schema(tmp_path / "conduit.sqlite3")) <= {"alembic_version", "sqlite_sequence"}


def test_both_make_the_same_schema(tmp_path: Path) -> None:
    made = []
    for option in OPTIONS:
        app = an_app(tmp_path / option, option)
        (tmp_path / option).mkdir()
        with app.app_context():
            steps(app).upgrade()
        made.append(schema(tmp_path / option / "conduit.sqlite3"))
    assert made[0].keys() == made[1].keys()
    for table in made[0]:
        assert made[0][table] == made[1][table], table


@pytest.mark.parametrize(("one", "other"), [OPTIONS, OPTIONS[::-1]], ids=" and ".join)
def test_one_takes_over_what_the_other_has_made(make_app: MakeApp, tmp_path: Path, one: str, other: str) -> None:
    app = make_app(tmp_path, STACK_MIGRATIONS=one)
    with app.app_context():
        assembled(app).store.add_user("ana", "ana@x.de", "x")
    heir = make_app(tmp_path, STACK_MIGRATIONS=other)
    assert heir.test_client().get("/api/profiles/ana").status_code == 200
    with heir.app_context():
        assert steps(heir).current() == "0001"
        steps(heir).downgrade()
        assert steps(heir).current() is None
    with app.app_context():
        assert steps(app).current() is None
        steps(app).upgrade()
        assert steps(app).current() == "0001"


def test_a_step_that_is_not_there(tmp_path: Path) -> None:
    app = an_app(tmp_path, "plain")
    with app.app_context(), pytest.raises(click.ClickException) as raised:
        steps(app).upgrade("9999")
    assert raised.value.message == (
        f"There is no step '9999' in {ROOT / 'migrations' / 'sql' / 'sqlite'}, which has 0001.\n"
        "Name one of these; if the database says it stands there, a newer version of the project has made it."
    )


@pytest.mark.parametrize("option", OPTIONS)
def test_a_database_from_the_future_is_left_alone(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_MIGRATIONS=option)
    with closing(sqlite3.connect(assembled(app).settings.database.location)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with app.app_context():
        for act in (steps(app).upgrade, steps(app).downgrade):
            with pytest.raises((click.ClickException, SystemExit)):
                act()
        assert steps(app).current() == "9999"


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "0001_good.up.sql").write_text("CREATE TABLE good (id INTEGER);")
    (tmp_path / "0002_bad.up.sql").write_text("CREATE TABLE half (id INTEGER); CREATE TABLE good (id INTEGER);")
    migrations = PlainMigrations(tmp_path, tmp_path / "db")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrations.upgrade()
    assert migrations.current() == "0001"
    assert "half" not in schema(tmp_path / "db")


@pytest.mark.parametrize("option", OPTIONS)
def test_the_schema_is_what_the_models_say(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_MIGRATIONS=option)
    with app.app_context():
        there = sqlalchemy.inspect(db.engine)
        assert set(there.get_table_names()) == {*Base.metadata.tables, "alembic_version"}
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
