"""``flask stack set``, ``diff``, ``sql`` and ``docs``."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

from assembly_required.cli import columns, docs, siblings, tables
from assembly_required.cli.sql import format_sql
from assembly_required.cli.stack import list_remarks, print_table
from assembly_required.conduit.operations import operations
from assembly_required.lab import weight
from assembly_required.stack.keys import Key
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS, Option, Slot
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT, by_lane
from tests.wiring.shell import Shell

MINE = '# my installation\n\nTOKEN_DAYS = 3  # short\nSTACK_ORM = "plain" # to compare\n'


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_set_writes_a_choice_and_shows_it(shell: Shell, tmp_path: Path) -> None:
    said = shell.ok("stack", "set", "orm=plain")
    assert said.startswith(f"Wrote {tmp_path / 'config.toml'}\norm          plain")
    assert (tmp_path / "config.toml").read_text() == (
        '# The configuration of this installation. config.example.toml shows every key.\nSTACK_ORM = "plain"\n'
    )
    assert f"from {tmp_path / 'config.toml'}" in shell.ok("stack", "show")


def test_set_keeps_comments_and_order(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINE)
    shell.ok("stack", "set", "orm=flask_sqlalchemy", "hashing=argon2")
    assert (tmp_path / "config.toml").read_text() == (
        MINE.replace('"plain"', '"flask_sqlalchemy"') + 'STACK_HASHING = "argon2"\n'
    )


def test_unset_takes_a_choice_back(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINE)
    shell.ok("stack", "set", "--unset", "orm", "--unset", "docs")
    assert (tmp_path / "config.toml").read_text() == "# my installation\n\nTOKEN_DAYS = 3  # short\n"


def test_a_named_stack_takes_back_what_was_chosen_before(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINE)
    shell.ok("stack", "set", "stack=bare", "hashing=argon2")
    text = (tmp_path / "config.toml").read_text()
    assert "STACK_ORM" not in text
    assert text.endswith('STACK = "bare"\nSTACK_HASHING = "argon2"\n')


def test_a_named_stack_says_which_choices_it_removed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('STACK_ORM = "plain"\nSTACK_HASHING = "plain"\nTOKEN_DAYS = 3\n')
    said = shell.ok("stack", "set", "stack=bare", "hashing=argon2")
    assert "stack=bare removed these choices for single slots: orm=plain\n" in said


def test_set_says_that_a_running_server_has_to_be_restarted(shell: Shell) -> None:
    restart = "Restart a running server to apply this, also one with --debug.\n"
    assert shell.ok("stack", "set", "orm=plain").endswith(restart)
    assert shell.ok("stack", "set", "--unset", "orm").endswith(restart)


def test_unset_of_what_is_not_set_says_so_and_writes_nothing(shell: Shell, tmp_path: Path) -> None:
    said = shell.ok("stack", "set", "--unset", "orm")
    assert said.startswith("orm is not set in config.toml, so there is nothing to unset.\n")
    assert "Restart" not in said
    assert not (tmp_path / "config.toml").exists()


def test_what_does_not_fit_is_not_written(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINE)
    result = shell("stack", "set", "validation=plain", "docs=flask_smorest")
    assert result.returncode == 2
    assert "flask-smorest describes marshmallow schemas only." in result.stderr
    assert (tmp_path / "config.toml").read_text() == MINE


def test_a_wrong_file_can_be_mended(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('STACK_ORM = "peewe"\n')
    assert shell("stack", "show").returncode == 2
    shell.ok("stack", "set", "orm=plain")
    assert shell("stack", "show").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Nothing was given to set or unset."),
        (("orm",), "'orm' is not of the form SLOT=OPTION"),
        (("omr=plain",), "'omr=plain' is not of the form SLOT=OPTION"),
        (("--unset", "omr"), "'omr' is not a slot: choose one of stack, orm"),
        (("orm=nothing",), "STACK_ORM = 'nothing'"),
    ],
)
def test_what_cannot_be_set(shell: Shell, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = shell("stack", "set", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "config.toml").exists()


def test_a_file_that_is_not_toml_is_left_alone(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("STACK = classic")
    result = shell("stack", "set", "orm=plain")
    assert result.returncode == 2
    assert "is not valid TOML" in result.stderr
    assert (tmp_path / "config.toml").read_text() == "STACK = classic"


def test_the_application_goes_on_with_the_same_rows(shell: Shell) -> None:
    shell.ok("setup", "--demo")
    for stack in STACKS:
        shell.ok("stack", "set", f"stack={stack}")
        said = shell("user", "create", "demo", "new@example.com", "--password", "password123")
        assert said.stderr == "Error: The user was not created: username has already been taken.\n"


def test_diff_of_two_options(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "login=flask_login", "login=plain")
    assert "flask-login" in said
    assert "--- login/flask_login/__init__.py\n+++ login/plain/__init__.py\n" in said
    assert "-from flask_login import " in said
    assert "\x1b[" not in said


def test_diff_side_by_side(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "--side-by-side", "login=flask_login", "login=plain")
    assert re.search(r"^ +login/flask_login/__init__\.py +login/plain/__init__\.py$", said, re.MULTILINE)
    assert re.search(r"^ *\d+ -   class Visitor\(UserMixin\): +\d+ \+ ", said, re.MULTILINE)
    assert re.search(r"^ *\d+ +def sign_in\(.+ \d+ +def sign_in\(", said, re.MULTILINE)
    assert "\x1b[" not in said


def test_diff_side_by_side_pairs_files_by_name(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "--side-by-side", "orm=flask_sqlalchemy", "orm=plain")
    assert re.search(r"^ +orm/flask_sqlalchemy/store\.py +orm/plain/store\.py$", said, re.MULTILINE)
    assert re.search(r"^ +nothing +orm/plain/sqlite\.py$", said, re.MULTILINE)


def test_diff_side_by_side_keeps_every_changed_line() -> None:
    slot = SLOTS["tokens"]
    one, other = slot.option("plain"), slot.option("flask_httpauth")
    for title, table in zip(("plain", "flask_httpauth"), (1, 3), strict=True):
        (pair,) = columns.build_tables(siblings.pair_files(slot, one, other))
        shown = [str(cell).rstrip() for cell in pair.columns[table].cells]
        (path,) = weight.find_files(slot, slot.option(title)).values()
        unified = list(siblings.format_diff(siblings.pair_files(slot, one, other)))
        sign = "-" if title == "plain" else "+"
        changed = [click.unstyle(line)[1:].rstrip() for line in unified if click.unstyle(line).startswith(sign)][1:]
        assert set(changed) <= set(shown)
        assert set(shown) <= {*path.read_text().splitlines(), ""}


def test_diff_with_an_adapter_from_outside(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "validation=marshmallow", "validation=elsewhere.cattrs_validation")
    assert re.search(r"validation +elsewhere.cattrs_validation +\d+ +\d\.\d +attrs, cattrs, typing-extensions\n", said)
    assert "+++ validation/elsewhere.cattrs_validation/schemas.py\n" in said
    assert "+++ validation/elsewhere.cattrs_validation/converters.py\n" in said


def test_an_adapter_beside_wsgi_py_is_found(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "wsgi.py").write_text("from assembly_required import create_app\napp = create_app()\n")
    (tmp_path / "migrations").mkdir()
    (tmp_path / "mine").mkdir()
    adapter = "from assembly_required.adapters.hashing.plain import build\n__all__ = ['build']\n"
    (tmp_path / "mine" / "hashes.py").write_text(adapter)
    for command in ("check", "set"):
        said = shell.ok("--app", str(tmp_path / "wsgi.py"), "stack", command, "hashing=mine.hashes")
        assert "hashing      mine.hashes       from " in said


def test_diff_of_two_stacks(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "classic", "bare")
    for name, slot in SLOTS.items():
        assert (f"--- {name}/" in said) == (STACKS["bare"].get(name, slot.names[0]) != slot.names[0])
    assert re.search(r"^bare +\d+ lines +0 packages", said, re.MULTILINE)
    assert shell.ok("stack", "diff", "stack=classic", "stack=bare") == said


def test_diff_says_what_only_one_side_does_not_support(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "docs_ui=swagger", "docs_ui=redoc")
    assert "Not supported by one side only:\ndocs_ui = redoc: Operations cannot be tried out on the page.\n" in said
    assert "Not supported" not in shell.ok("stack", "diff", "admin=flask_admin", "admin=django")


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("classic", "bar"), "'bar' is not a named stack"),
        (("orm=plain", "docs=plain"), "are not two options of one slot"),
        (("orm=plain", "orm=x"), "are not two options of one slot"),
        (("orm=plain", "bare"), "'orm=plain' is not a named stack"),
        (("orm=plain", "orm=nobody.has_this"), "cannot be imported (no module named 'nobody')"),
        (("orm=plain", "orm=importlib.metadata"), "is not an adapter: it has no function 'build'"),
    ],
)
def test_what_cannot_be_compared(shell: Shell, pair: tuple[str, str], said: str) -> None:
    result = shell("stack", "diff", *pair)
    assert result.returncode == 2
    assert said in result.stderr


def test_the_same_twice_has_no_difference(shell: Shell) -> None:
    assert shell.ok("stack", "diff", "orm=plain", "orm=plain") == "orm=plain and orm=plain are the same.\n"


def test_code_is_counted_without_prose(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text('"""Prose.\n\nMore."""\n\n# a comment\ndef f():\n    """Prose."""\n    return 1  # code\n')
    assert weight.count_code(file) == 2


def test_an_option_brings_what_flask_does_not() -> None:
    found = weight.weigh(SLOTS["orm"], SLOTS["orm"].option("flask_sqlalchemy"))
    assert {"flask-sqlalchemy", "sqlalchemy"} <= set(found.packages)
    assert not {"flask", "jinja2", "werkzeug"} & set(found.packages)
    assert found.size > 1_000_000
    assert weight.weigh(SLOTS["orm"], SLOTS["orm"].option("plain")).packages == {}


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_sql_of_an_operation(shell: Shell, orm: str) -> None:
    said = shell.ok("stack", "sql", "list_articles", f"orm={orm}")
    assert 4 <= said.count(";\n") <= 6
    assert re.search(r"ORDER BY (\w+\.)?created_at DESC", said.replace('"', ""))
    assert "LIMIT 20" in said


def test_sql_without_an_operation_lists_each_once(shell: Shell) -> None:
    lines = shell.ok("stack", "sql").splitlines()
    assert [line.split()[0] for line in lines] == [each.id for each in operations]
    wrong = shell("stack", "sql", "nothing")
    assert wrong.returncode == 2
    assert wrong.stderr.count("list_articles") == 1


def test_sql_leaves_the_case_of_columns() -> None:
    assert format_sql('SELECT "t1"."position", position FROM t1').count("position") == 2


def test_sql_is_seen_on_data_of_its_own(shell: Shell, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mine.sqlite3'}"
    shell.ok("setup", FLASK_DATABASE_URL=url)
    before = dump(tmp_path / "mine.sqlite3")
    shell.ok("stack", "sql", "list_articles", FLASK_DATABASE_URL=url)
    assert dump(tmp_path / "mine.sqlite3") == before


def dump(file: Path) -> list[str]:
    """The content of a database, wherever its write-ahead log is."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("orm", by_lane(SLOTS["orm"].names, "flask_sqlalchemy"))
def test_sql_on_postgresql(shell: Shell, orm: str, postgresql: Callable[[], Any]) -> None:
    with postgresql() as url:
        said = shell.ok("stack", "sql", "list_articles", f"orm={orm}", "--postgresql", url)
    assert 4 <= said.count(";\n") <= 6
    assert "LIMIT 20" in said


def test_sql_on_a_server_that_does_not_answer_says_what_to_type(shell: Shell) -> None:
    wrong = shell("stack", "sql", "list_articles", "--postgresql", "postgresql://nobody@127.0.0.1:1/none")
    assert wrong.returncode == 1
    assert "--postgresql postgresql://user@host/postgres" in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.full
def test_sql_of_every_operation(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("flask")), "stack", "sql"]
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path), "FLASK_STACK": "bare"}
    running = [
        subprocess.Popen([*command, each.id], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE)
        for each in operations
    ]
    for operation, process in zip(operations, running, strict=True):
        said = process.communicate(timeout=60)[0]
        assert process.returncode == 0
        verb = {"GET": "SELECT", "DELETE": "DELETE", "PUT": "UPDATE"}.get(operation.method, "INSERT")
        expected = {"login_user": "SELECT", "follow": "INSERT"}.get(operation.id, verb)
        assert expected in said, operation.id


def test_sql_does_not_change_data(shell: Shell, tmp_path: Path) -> None:
    shell.ok("stack", "sql", "publish_article")
    assert list(tmp_path.iterdir()) == []


def test_set_says_that_a_wrong_value_comes_from_the_command_line(shell: Shell) -> None:
    said = shell("stack", "set", "orm=plian").stderr
    assert "STACK_ORM = 'plian' (from the command line) is not an option of this slot: choose one of" in said
    assert said.endswith("Did you mean 'plain'?\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("omr=plain", "Did you mean orm=plain?"), ("orm=SQLAlchemy", "Did you mean 'flask_sqlalchemy'?")],
)
def test_a_misspelt_slot_or_option_gets_a_suggestion(shell: Shell, typed: str, meant: str) -> None:
    for command in ("check", "set"):
        assert meant in shell("stack", command, typed).stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A project folder with the files that ``flask stack docs`` writes."""
    (tmp_path / "instance").mkdir()
    for name in ("wsgi.py", "README.md", "instance/config.example.toml"):
        (tmp_path / name).write_text((ROOT / name).read_text())
    return tmp_path


def test_docs_of_the_project_are_current(shell: Shell) -> None:
    assert shell.ok("stack", "docs") == "README.md and instance/config.example.toml agree with the tables.\n"


@pytest.mark.parametrize(
    ("name", "line"),
    [("README.md", "| `docs_ui` |"), ("instance/config.example.toml", "# TOKEN_DAYS = 30")],
)
def test_outdated_docs_are_named_and_rewritten(shell: Shell, copy: Path, name: str, line: str) -> None:
    app, before = ("--app", str(copy / "wsgi.py")), (copy / name).read_text()
    (copy / name).write_text(before.replace(line, "changed"))
    result = shell(*app, "stack", "docs")
    assert (result.returncode, result.stdout) == (1, f"Outdated: {name}\n")
    assert result.stderr.endswith("Run: flask stack docs --write\n")
    assert shell.ok(*app, "stack", "docs", "--write") == f"Wrote {name}\n"
    assert (copy / name).read_text() == before


def test_a_changed_table_makes_docs_outdated(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert docs.find_outdated(copy) == {}
    monkeypatch.setitem(SLOTS, "mail", Slot("mail", "django.core.mail", (Option("plain"), Option("new"))))
    monkeypatch.setitem(KEYS, "TOKEN_DAYS", Key(7, "How long."))
    readme, example = docs.find_outdated(copy).values()
    assert "| `mail` | `django.core.mail` | `plain`, `new` |\n" in readme
    assert '# STACK_MAIL = "plain"\n' in example
    assert "# How long.\n# TOKEN_DAYS = 7\n" in example


def test_docs_want_a_place_for_the_table(shell: Shell, copy: Path) -> None:
    (copy / "README.md").write_text("# Mine\n")
    result = shell("--app", str(copy / "wsgi.py"), "stack", "docs")
    assert result.returncode == 2
    assert "README.md has no place for the table of slots" in result.stderr


LONG = [("orm", "their_package.adapters.orm", "why [x] " * 30), ("docs", "plain", "default")]


def test_a_table_in_a_pipe_is_plain_and_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(LONG, ("bold", "cyan"))
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"orm   their_package.adapters.orm  {LONG[0][2].rstrip()}"
    assert second == "docs  plain                       default"


def test_a_table_in_a_terminal_has_colours_and_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "60"}.items():
        monkeypatch.setenv(name, value)
    lines = tables.render_lines(tables.build_grid(LONG, ("bold", "cyan")))
    assert "\x1b[36m" in lines[0]
    assert len(lines) > 2
    assert max(len(click.unstyle(line)) for line in lines) <= 60


def test_the_hint_of_a_missing_option_installs_it_in_this_environment() -> None:
    assert list_remarks(Option("gone_away", modules=("gone_away",))) == [
        f"To install it: {sys.executable} -m pip install -e '.[gone-away]'"
    ]
