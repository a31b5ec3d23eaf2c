"""``flask db revision``: a migration generated from the models, if the option supports it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask
from sqlalchemy import Column, DateTime, Index

from assembly_required import create_app
from assembly_required.adapters.orm.flask_sqlalchemy.models import Base
from assembly_required.cli.db import db as command
from assembly_required.cli.stack import list_remarks
from assembly_required.contract.databases import disconnect
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's migrations that a test may change."""
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.fixture
def an_app(copy: Path, place: dict[str, Any]) -> Iterator[Callable[..., Flask]]:
    made = []

    def make(**config: Any) -> Flask:
        made.append(create_app({**place, **config}, root=copy))
        (copy / "instance").mkdir(exist_ok=True)
        return made[-1]

    yield make
    for app in made:
        disconnect(app)


@pytest.fixture
def joined() -> Iterator[None]:
    """The models have a column and an index that the database does not have."""
    users = Base.metadata.tables["users"]
    users.append_column(Column("joined_at", DateTime))
    index = Index("ix_users_joined_at", users.c.joined_at)
    yield
    users.indexes.remove(index)
    users._columns.remove(users.c.joined_at)  # type: ignore[attr-defined]


def invoke(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_where_they_agree_no_step_is_written(an_app: Callable[..., Flask], copy: Path) -> None:
    app = an_app()
    invoke(app, "upgrade")
    assert invoke(app, "revision", "nothing") == "The database matches the models.\n"
    assert len(list((copy / "migrations" / "versions").glob("*.py"))) == 6


@pytest.mark.usefixtures("joined")
def test_a_step_is_written_and_can_be_taken_and_taken_back(an_app: Callable[..., Flask], copy: Path) -> None:
    app = an_app()
    invoke(app, "upgrade")
    path = copy / "migrations" / "versions" / "0007_when_they_joined.py"
    said = invoke(app, "revision", "when they joined")
    assert said.endswith("Check 0007_when_they_joined.py, then run: flask db upgrade\n")
    assert "joined_at" in path.read_text()
    assert invoke(app, "upgrade") == "0007 (newest)\n"
    with app.app_context():
        assembled(app).store.add_user("ana", "ana@x.de", "x")
    assert invoke(app, "revision", "nothing") == "The database matches the models.\n"
    assert invoke(app, "downgrade") == "0006 (newest is 0007: flask db upgrade)\n"
    with app.app_context():
        assert assembled(app).store.find_account("ana@x.de")


def refused(app: Flask) -> str:
    with app.app_context(), pytest.raises(click.ClickException) as raised:
        assembled(app).migrations.revision("x")
    return raised.value.message


@pytest.mark.parametrize("database", ["sqlite"])
def test_it_starts_from_the_newest_step(an_app: Callable[..., Flask]) -> None:
    assert refused(an_app()) == (
        "A step 'x' out of the models cannot be made: it would start from the newest step, 0006, "
        "and the database stands at none.\nType: flask db upgrade"
    )


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("orm", [name for name in SLOTS["orm"].names if name != "flask_sqlalchemy"])
def test_flask_migrate_reads_the_models_of_flask_sqlalchemy_alone(an_app: Callable[..., Flask], orm: str) -> None:
    assert "Only with orm = flask_sqlalchemy" in SLOTS["migrations"].option("flask_migrate").cannot[0]
    assert refused(an_app(STACK_ORM=orm)) == (
        "A step 'x' out of the models cannot be made: Alembic reads those of Flask-SQLAlchemy alone.\n"
        "Change them too, since a test holds all models against the schema, and type: "
        "FLASK_STACK_ORM=flask_sqlalchemy flask db revision 'x'"
    )


@pytest.mark.parametrize("database", ["sqlite"])
def test_plain_knows_no_models(an_app: Callable[..., Flask], copy: Path) -> None:
    assert "cannot create a step from the models" in SLOTS["migrations"].option("plain").cannot[0]
    assert refused(an_app(STACK_MIGRATIONS="plain")) == (
        "A step 'x' out of the models cannot be made: migrations = plain knows no models.\n"
        f"Write it by hand, like those in {copy / 'migrations' / 'sql' / 'sqlite'}; or type: "
        "FLASK_STACK_MIGRATIONS=flask_migrate flask db revision 'x'"
    )


def test_what_options_say_they_cannot_is_checked_here_and_listed() -> None:
    saying = [option for option in SLOTS["migrations"].options if option.cannot]
    assert [option.name for option in saying] == ["flask_migrate", "plain"]
    for option in saying:
        assert option.cannot[0] in list_remarks(option)
