"""``flask db``: the commands of each option, and a step that is created from the models."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, DateTime, Index

from assembly_required import create_app
from assembly_required.adapters.orm.flask_sqlalchemy.models import db
from assembly_required.cli.stack import list_remarks
from assembly_required.contract.databases import disconnect
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT
from tests.slots.migrations.conftest import STEPS

NEXT = f"{int(STEPS[-1]) + 1:04}"


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
    users = db.metadata.tables["users"]
    users.append_column(Column("joined_at", DateTime))
    index = Index("ix_users_joined_at", users.c.joined_at)
    yield
    users.indexes.remove(index)
    users._columns.remove(users.c.joined_at)  # type: ignore[attr-defined]


def invoke(app: Flask, *arguments: str, status: int = 0) -> str:
    with app.app_context():  # whatever other tests have left, the steps are those of this app
        result = app.test_cli_runner().invoke(app.cli.commands["db"], arguments)
    assert result.exit_code == status, result.output
    return result.output


def current(app: Flask) -> str | None:
    with app.app_context():
        return assembled(app).migrations.current()


def test_where_they_agree_no_step_is_written(an_app: Callable[..., Flask], copy: Path) -> None:
    app = an_app()
    invoke(app, "upgrade")
    assert invoke(app, "migrate", "-m", "nothing").endswith("The database matches the models.\n")
    assert len(list((copy / "migrations" / "versions").glob("*.py"))) == len(STEPS)


@pytest.mark.usefixtures("joined")
def test_a_step_is_written_and_can_be_taken_and_taken_back(an_app: Callable[..., Flask], copy: Path) -> None:
    app = an_app()
    invoke(app, "upgrade")
    path = copy / "migrations" / "versions" / f"{NEXT}_when_they_joined.py"
    assert path.name in invoke(app, "migrate", "-m", "when they joined")
    assert "joined_at" in path.read_text()
    invoke(app, "upgrade")
    assert current(app) == NEXT
    with app.app_context():
        assembled(app).store.add_user("ana", "ana@x.de", "x")
    assert "The database matches the models.\n" in invoke(app, "migrate", "-m", "nothing")
    invoke(app, "downgrade")
    assert current(app) == STEPS[-1]
    with app.app_context():
        assert assembled(app).store.find_account("ana@x.de")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_step_by_hand_is_numbered_too(an_app: Callable[..., Flask], copy: Path) -> None:
    app = an_app(STACK_ORM="plain")
    invoke(app, "upgrade")
    invoke(app, "revision", "-m", "by hand")
    assert (copy / "migrations" / "versions" / f"{NEXT}_by_hand.py").exists()


@pytest.mark.parametrize("database", ["sqlite"])
def test_it_starts_from_the_newest_step(an_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture) -> None:
    invoke(an_app(), "migrate", "-m", "x", status=1)
    assert "Target database is not up to date." in caplog.text


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("orm", [name for name in SLOTS["orm"].names if name != "flask_sqlalchemy"])
def test_flask_migrate_reads_the_models_of_flask_sqlalchemy_alone(
    an_app: Callable[..., Flask], orm: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert "Only with orm = flask_sqlalchemy" in SLOTS["migrations"].option("flask_migrate").cannot[0]
    app = an_app(STACK_ORM=orm)
    invoke(app, "upgrade")
    invoke(app, "migrate", "-m", "x", status=1)
    assert "No step can be created from the models: Alembic reads only those of orm = flask_sqlalchemy." in caplog.text
    assert "type: FLASK_STACK_ORM=flask_sqlalchemy flask db migrate" in caplog.text


@pytest.mark.parametrize("database", ["sqlite"])
def test_without_models_alembic_would_drop_every_table(an_app: Callable[..., Flask], copy: Path) -> None:
    env = copy / "migrations" / "env.py"
    as_usual = env.read_text().replace("process_revision_directives=prepare,", "")
    assert as_usual != env.read_text()
    env.write_text(as_usual)
    app = an_app(STACK_ORM="peewee")  # so the models of SQLAlchemy are not imported
    invoke(app, "upgrade")
    invoke(app, "migrate", "-m", "add a column")
    (path,) = (copy / "migrations" / "versions").glob("*_add_a_column.py")
    dropped = set(re.findall(r"drop_table\('(\w+)'\)", path.read_text().partition("def downgrade")[0]))
    assert dropped == set(db.metadata.tables)


@pytest.mark.parametrize("database", ["sqlite"])
def test_plain_knows_no_models(an_app: Callable[..., Flask]) -> None:
    assert "cannot create a step from the models" in SLOTS["migrations"].option("plain").cannot[0]
    assert "No such command 'migrate'" in invoke(an_app(STACK_MIGRATIONS="plain"), "migrate", status=2)


@pytest.mark.parametrize("migrations", SLOTS["migrations"].names)
def test_both_groups_go_up_and_down(an_app: Callable[..., Flask], migrations: str) -> None:
    app = an_app(STACK_MIGRATIONS=migrations)
    invoke(app, "upgrade")
    assert current(app) == STEPS[-1]
    invoke(app, "downgrade")
    assert current(app) == STEPS[-2]
    invoke(app, "downgrade", "base")
    assert current(app) is None
    invoke(app, "upgrade", "0001")
    assert current(app) == "0001"
    invoke(app, "history")


def test_what_options_say_they_cannot_is_checked_here_and_listed() -> None:
    saying = [option for option in SLOTS["migrations"].options if option.cannot]
    assert [option.name for option in saying] == ["flask_migrate", "plain"]
    for option in saying:
        assert option.cannot[0] in list_remarks(option)
