"""The commands, run in a shell like a user runs them."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from assembly_required.cli.startup import format_command
from assembly_required.stack.slots import SLOTS, Slot
from tests.conftest import ROOT
from tests.wiring.shell import FLASK, Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_show_names_each_option_and_why(shell: Shell) -> None:
    lines = [line.split(maxsplit=2) for line in shell.ok("stack", "show", FLASK_STACK_HASHING="plain").splitlines()]
    assert lines[0] == ["orm", "flask_sqlalchemy", "stack classic"]
    assert lines[2] == ["hashing", "plain", "from FLASK_STACK_HASHING"]


def test_show_says_why_the_django_stack_keeps_two_flask_extensions(shell: Shell) -> None:
    assert "keeps Flask-Migrate and Flask-Login" in shell.ok("stack", "show", FLASK_STACK="django")
    assert "keeps" not in shell.ok("stack", "show")


def test_show_for_programs(shell: Shell) -> None:
    shown = json.loads(shell.ok("stack", "show", "--json"))
    assert shown["stack"] == "classic"
    orm = shown["slots"]["orm"]
    assert (orm["option"], orm["why"], orm["stands_for"]) == ("flask_sqlalchemy", "stack classic", "django.db.models")
    assert orm["in_use"]["source"][0] == "assembly_required/adapters/orm/flask_sqlalchemy/__init__.py"
    assert [each["name"] for each in orm["others"]] == ["sqlalchemy_core", "plain", "peewee", "django"]


def test_options_of_one_slot_with_their_needs(shell: Shell) -> None:
    printed = shell.ok("stack", "options", "docs", FLASK_STACK_DOCS="plain")
    assert re.sub(r"(?m)^      Newest release on .+\n", "", printed) == (
        "docs: stands for drf-spectacular\n"
        "  flask_smorest  default, installed\n"
        "      flask-smorest: OpenAPI from decorated views and marshmallow schemas.\n"
        "      Needs validation = marshmallow: flask-smorest describes marshmallow schemas only.\n"
        "  plain          in use, installed\n"
        "      An OpenAPI document built by hand from the table of operations.\n"
        "  apispec        installed\n"
        "      apispec: an OpenAPI document built in code.\n"
        "  spectree       installed\n"
        "      spectree: OpenAPI and validation from type hints.\n"
        "      Needs validation = pydantic or msgspec: spectree describes pydantic models and msgspec structs only.\n"
    )


def test_an_option_from_outside_in_use_is_listed(shell: Shell) -> None:
    said = shell.ok("stack", "options", "tokens", FLASK_STACK_TOKENS="elsewhere.joserfc_tokens")
    assert "  elsewhere.joserfc_tokens  in use, installed\n" in said


@pytest.mark.parametrize("slot", SLOTS.values(), ids=lambda slot: slot.name)
def test_options_are_described_in_whole_sentences(slot: Slot) -> None:
    for option in slot.options:
        assert option.summary.endswith("."), option.name
        for sentence in option.cannot:
            assert sentence.endswith("."), sentence
            assert sentence[0].isupper() or sentence[0] == "`", sentence


def test_options_for_programs(shell: Shell) -> None:
    options = json.loads(shell.ok("stack", "options", "--json"))
    assert list(options) == [
        "orm", "migrations", "hashing", "permissions", "login", "forms", "mail", "tasks", "admin", "tokens", "limits",
        "validation", "docs", "docs_ui",
    ]  # fmt: skip
    first = options["docs"]["options"][0]
    assert first["needs"][0]["slot"] == "validation"
    assert (first["default"], first["in_use"], first["installed"]) == (True, True, True)


def test_check_of_a_stack_that_fits(shell: Shell) -> None:
    assert shell.ok("stack", "check", "orm=flask_sqlalchemy", "stack=classic").endswith("It fits.\n")
    assert json.loads(shell.ok("stack", "check", "--json"))["fits"] is True


def test_check_of_one_that_does_not(shell: Shell) -> None:
    result = shell("stack", "check", "orm=flask_sqlalchemi")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: STACK_ORM = 'flask_sqlalchemi' (from the command line) is not an option of this slot: "
        "choose one of flask_sqlalchemy, sqlalchemy_core, plain, peewee, "
        "django. Did you mean 'flask_sqlalchemy'?\n"
    )
    result = shell("stack", "check", "orm=x", "docs=y", "--json")
    assert result.returncode == 2
    assert [text.split()[0] for text in json.loads(result.stdout)["problems"]] == ["STACK_ORM", "STACK_DOCS"]


def test_check_of_something_that_is_no_choice(shell: Shell) -> None:
    result = shell("stack", "check", "orm")
    assert result.returncode == 2
    assert "'orm' is not of the form SLOT=OPTION, with SLOT one of stack, orm, migrations" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("stack", "show"),
        ("stack", "check"),
        ("run",),
        ("routes",),
        ("setup",),
        ("db", "current"),
        ("--help",),
        ("shell",),
    ],
    ids=" ".join,
)
def test_a_wrong_choice_is_reported_without_a_traceback(shell: Shell, arguments: tuple[str, ...]) -> None:
    result = shell(*arguments, FLASK_STACK_ORM="peewe")
    assert (
        "STACK_ORM = 'peewe' (from FLASK_STACK_ORM) is not an option of this slot: choose one of flask_sqlalchemy"
        in result.stderr
    )
    assert "Traceback" not in result.stderr + result.stdout
    assert result.returncode == (0 if arguments == ("--help",) else 2)


def test_options_are_listed_even_if_the_configuration_is_wrong(shell: Shell) -> None:
    assert "flask_sqlalchemy" in shell.ok("stack", "options", FLASK_STACK_ORM="peewe")


def test_the_project_is_found_from_elsewhere(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('STACK = "nothing"')
    result = shell("--app", str(ROOT / "wsgi.py"), "stack", "show", cwd=tmp_path)
    assert "STACK = 'nothing'" in result.stderr


@pytest.mark.full
def test_the_schema_goes_up_and_down(tmp_path: Path) -> None:
    shell = Shell(tmp_path, apart=True)
    shell.ok("db", "upgrade")
    assert shell.ok("db", "current") == "0008 (head)\n"
    shell.ok("db", "downgrade")
    assert shell.ok("db", "current", FLASK_STACK_MIGRATIONS="plain") == "0007\n"
    assert "migrate" in shell.ok("db", "--help")
    assert shell.ok("db", "history", FLASK_STACK_MIGRATIONS="plain").splitlines()[0].startswith("0008_")


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
@pytest.mark.parametrize("command", ["setup", "db current", "user delete --yes ana", "seed"])
def test_a_server_that_is_down_is_reported(shell: Shell, command: str, orm: str) -> None:
    down = {"FLASK_DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/blog", "FLASK_SECRET_KEY": "k" * 32}
    result = shell(*command.split(), FLASK_STACK_ORM=orm, **down)
    assert (result.returncode, result.stdout) == (1, "")
    assert "postgresql://me:***@127.0.0.1:1/blog: connection failed" in result.stderr
    assert result.stderr.count("\n") == 2
    assert "secret" not in result.stderr


def test_a_step_that_is_not_there(tmp_path: Path) -> None:
    result = Shell(tmp_path, apart=True)("db", "upgrade", "9999")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "9999" in result.stderr


def test_users_are_created_and_deleted(shell: Shell) -> None:
    shell.ok("setup")
    assert shell.ok("user", "create", "ana", "ana@example.com", "--password", "correct horse") == "Created ana.\n"
    assert shell.ok("user", "delete", "--yes", "ana") == "Deleted ana.\n"
    result = shell("user", "delete", "--yes", "ana")
    assert result.returncode == 1
    assert (
        result.stderr
        == "Error: There is no user 'ana'. Check the spelling; upper and lower case letters are different.\n"
    )


def test_groups_and_permissions_are_granted(shell: Shell) -> None:
    shell.ok("setup")
    made = shell.ok("user", "create", "ana", "ana@example.com", "--password", "correct horse", "--staff")
    assert made == "Created ana, a member of staff.\n"
    assert shell.ok("user", "grant", "ana", "moderators", "article.edit") == "ana: article.edit, moderators, staff.\n"
    assert shell.ok("user", "revoke", "ana", "article.edit") == "ana: moderators, staff.\n"
    assert shell.ok("user", "show", "ana") == (
        "ana: moderators, staff.\nPermissions beyond their own content: article.delete, comment.delete, admin.enter.\n"
    )
    assert json.loads(shell.ok("user", "show", "ana", "--json")) == {
        "username": "ana",
        "email": "ana@example.com",
        "grants": ["moderators", "staff"],
        "may": ["article.delete", "comment.delete", "admin.enter"],
    }
    shell.ok("user", "revoke", "ana", "moderators", "staff")
    assert shell.ok("user", "show", "ana") == "ana: no grants.\nPermissions beyond their own content: nothing.\n"
    result = shell("user", "grant", "ana", "moderator")
    assert result.returncode == 2
    assert (
        "'moderator' is not a group or a permission: choose from moderators, staff, article.edit, article.delete, "
        "comment.delete, admin.enter. Did you mean 'moderators'?"
    ) in result.stderr
    assert shell("user", "grant", "nobody", "staff").stderr.startswith("Error: There is no user 'nobody'.")


def test_a_user_who_cannot_be_created(shell: Shell) -> None:
    shell.ok("setup")
    result = shell("user", "create", "ana", "nonsense", "--password", "short")
    assert result.returncode == 1
    assert result.stderr == (
        "Error: The user was not created: email is invalid; password is too short (minimum is 8 characters).\n"
    )


@pytest.mark.parametrize(
    "arguments", [("user", "create", "a", "a@b.de", "--password", "password"), ("user", "delete", "--yes", "a")]
)
def test_before_the_set_up_a_command_says_so(shell: Shell, arguments: tuple[str, ...]) -> None:
    result = shell(*arguments)
    assert result.returncode == 1
    assert result.stderr.startswith("Error: There is no secret key yet. Run: ")
    assert result.stderr.endswith("flask setup\n")


def test_help_teaches(shell: Shell) -> None:
    assert "Create the secret key and the database of this installation." in shell.ok("setup", "--help")
    assert "flask stack set stack=bare" in shell.ok("stack", "--help")
    listed = shell.ok("--help")
    ours = ("setup", "check", "stack", "db", "user", "seed", "compare")
    assert all(f"\n  {name} " in listed for name in (*ours, "run", "routes", "examples"))


def test_run_says_which_stack_starts(shell: Shell) -> None:
    said = read_first_lines(shell)
    assert said[0].startswith(" * Stack classic: orm=flask_sqlalchemy migrations=flask_migrate")
    assert said[1] == f" * Not set up yet. Run: {format_command('setup')}\n"


def test_run_names_the_workbench(shell: Shell) -> None:
    shell.ok("setup")
    assert read_first_lines(shell)[1] == " * To swap parts in the browser, open /workbench\n"


def read_first_lines(shell: Shell) -> list[str]:
    """Start a server, and read the first lines that it prints."""
    process = subprocess.Popen(
        [FLASK, "run", "--port", "0"],
        cwd=ROOT,
        env=shell.environment,
        text=True,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stderr
    said = [process.stderr.readline() for _ in range(2)]
    process.terminate()
    process.communicate(timeout=10)
    return said
