"""``flask setup``: repeated and concurrent runs, and the errors of an app that is not set up."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assembly_required import create_app
from assembly_required.cli.startup import format_command
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import disconnect
from assembly_required.contract.expect import expect_error, ok
from assembly_required.data import demo
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS, ConfigError
from tests.conftest import ROOT, MakeApp

FLASK = [str(Path(sys.executable).with_name("flask"))]


def start(instance: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(instance), "FLASK_SCRYPT_COST": "6"}
    return subprocess.Popen(
        [*FLASK, *arguments], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(instance: Path, *arguments: str) -> str:
    process = start(instance, *arguments)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    return out


def counts(instance: Path) -> dict[str, int]:
    with closing(sqlite3.connect(instance / "conduit.sqlite3")) as connection:
        tables = ("users", "articles", "article_tags", "tags", "favorites", "follows", "comments", "alembic_version")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


DEMO = {"users": 6, "articles": 22, "article_tags": 61, "tags": 23, "favorites": 56, "follows": 14, "comments": 38}


@pytest.mark.full
def test_ten_times_is_once(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    run(instance, "setup", "--demo")
    key, there = (instance / "secret_key").read_text(), counts(instance)
    for _ in range(2):
        run(instance, "setup", "--demo")
    run(instance, "setup")
    assert (instance / "secret_key").read_text() == key
    assert counts(instance) == there == {**DEMO, "alembic_version": 1}


@pytest.mark.full
def test_four_processes_at_once(tmp_path: Path) -> None:
    processes = [start(tmp_path, "setup", "--demo") for _ in range(4)]
    results = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, results
    assert counts(tmp_path) == {**DEMO, "alembic_version": 1}
    assert len({out for out, _ in results}) == 1


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    run(tmp_path, "setup")
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert len((tmp_path / "secret_key").read_text().strip()) == 64


@pytest.mark.parametrize("left", ["", " \n\t", "\0" * 65], ids=["empty", "blank", "zeros"])
def test_a_key_file_without_a_key_is_repaired(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret_key").write_text(left)
    app = create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT)
    assert "There is no secret key yet. Run: flask setup" in app.test_client().get("/").text
    (tmp_path / "secret_key.new").write_text("what a crash left")
    ready_app(tmp_path, ROOT)  # does what flask setup does
    assert app.test_client().get("/").status_code == 200
    assert len((tmp_path / "secret_key").read_text().strip()) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert not (tmp_path / "secret_key.new").exists()


def test_a_key_that_was_cut_off_is_reported_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("0123456789abcdef")
    with pytest.raises(ConfigError) as error:
        ready_app(tmp_path, ROOT)
    assert error.value.message == (
        f"The secret key in {tmp_path / 'secret_key'} has 16 characters, so it can be guessed; perhaps the file was "
        "cut off.\nDelete the file and run: flask setup\nAll users will have to sign in again."
    )
    assert (tmp_path / "secret_key").read_text() == "0123456789abcdef"


def test_a_key_of_blanks_in_the_configuration_is_no_key(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "  "}, root=ROOT)
    assert "There is no secret key yet. Run: flask setup" in app.test_client().get("/").text


def test_it_says_what_runs_where_the_data_lies_and_what_to_open(tmp_path: Path) -> None:
    assert run(tmp_path, "setup", "--demo") == (
        "Stack classic: orm=flask_sqlalchemy migrations=flask_migrate hashing=plain permissions=plain "
        "login=flask_login forms=flask_wtf mail=flask_mailman tasks=plain admin=none tokens=plain "
        "limits=plain validation=marshmallow docs=flask_smorest docs_ui=swagger\n"
        f"Data  {tmp_path / 'conduit.sqlite3'}\n"
        "Site  http://127.0.0.1:5000/\n"
        "API   http://127.0.0.1:5000/docs/\n"
        "Sign in as demo@example.com with the password assembly-required\n"
        f"Start it with: {format_command('run')}\n"
    )


def test_it_prints_the_address_that_flask_run_will_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_RUN_PORT", "5999")
    monkeypatch.setenv("FLASK_RUN_HOST", "::1")
    assert "Site  http://[::1]:5999/\n" in run(tmp_path, "setup")


@pytest.mark.full
def test_it_prints_a_command_that_works_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = run(tmp_path, "setup").splitlines()[-1].removeprefix("Start it with: ")
    assert subprocess.run([*command.split(), "--help"], capture_output=True, check=False).returncode == 0
    monkeypatch.setenv("PATH", f"{Path(FLASK[0]).parent}{os.pathsep}{os.environ['PATH']}")
    assert run(tmp_path, "setup").endswith("Start it with: flask run\n")


def test_an_environment_in_this_folder_is_named_by_its_relative_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(FLASK[0]).parents[1])
    monkeypatch.setenv("PATH", "/usr/bin")
    assert format_command("run") == "bin/flask run"


def test_a_file_that_is_no_database_is_reported_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "conduit.sqlite3").write_text("my diary, " * 100)
    process = start(tmp_path, "setup")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert error.startswith(f"Error: Cannot set up {tmp_path / 'conduit.sqlite3'}: file is not a database.\n")
    assert (tmp_path / "conduit.sqlite3").read_text() == "my diary, " * 100


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    process = start(tmp_path / "file" / "instance", "setup")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Not a directory" in error
    assert "Traceback" not in error


def test_the_demo_user_can_sign_in(make_app: MakeApp) -> None:
    app = make_app()
    with app.app_context():
        demo.fill(assembled(app).store, assembled(app).hashing)
    user = {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}}
    assert ok(Client(in_process(app)).post("/users/login", user))["user"]["username"] == "demo"


def test_creating_an_app_writes_nothing_and_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    create_app({"INSTANCE_PATH": str(tmp_path / "instance")}, root=ROOT)
    assert list(tmp_path.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def test_without_a_key_it_answers_503_and_what_to_type(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT)
    expect_error(Client(in_process(app)).get("/nothing"), 503, request="There is no secret key yet. Run: flask setup")
    page = app.test_client().get("/")
    assert page.status_code == 503
    assert "There is no secret key yet. Run: flask setup" in page.text


def test_without_a_database_it_answers_503_and_makes_none(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path / "new"), "SECRET_KEY": "k" * 32}, root=ROOT)
    expect_error(Client(in_process(app)).get("/nothing"), 503, request="There is no database yet. Run: flask setup")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/login", "/docs/"])
def test_without_a_schema_it_answers_503_and_what_to_type(tmp_path: Path, path: str) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "k" * 32}, root=ROOT)
    (tmp_path / "conduit.sqlite3").touch()
    said = "The database does not have the newest schema. Run: flask setup"
    expect_error(Client(in_process(app)).get("/nothing"), 503, request=said)
    page = app.test_client().get(path)
    assert page.status_code == 503
    assert said in page.text


def test_the_style_sheet_is_served_even_then(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT)
    with app.test_client().get("/static/site.css") as response:
        assert response.status_code == 200


@pytest.mark.parametrize("forms", SLOTS["forms"].names)
def test_the_first_page_after_that_can_have_a_form(tmp_path: Path, forms: str) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path), "STACK_FORMS": forms}, root=ROOT)
    disconnect(ready_app(tmp_path, ROOT))
    assert app.test_client().get("/login").status_code == 200
    disconnect(app)


def test_it_serves_as_soon_as_it_is_set_up(tmp_path: Path) -> None:
    app = create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT)
    assert app.test_client().get("/").status_code == 503
    run(tmp_path, "setup")
    assert app.test_client().get("/").status_code == 200
