"""Test ``flask compare`` and its output. No test depends on how long anything takes."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from assembly_required.cli.compare import compare
from assembly_required.cli.compare.chosen import choose_candidates
from assembly_required.lab.compare import candidates, summary, validation
from assembly_required.lab.compare.candidates import BASELINES, Candidate
from assembly_required.lab.compare.data import Data
from assembly_required.lab.compare.endpoints import endpoints
from assembly_required.lab.compare.process import Died, Process
from assembly_required.lab.compare.results import PARTS
from assembly_required.lab.compare.run import Effort
from assembly_required.lab.peers import PEERS
from assembly_required.stack.settings import Settings
from assembly_required.stack.slots import SLOTS, StackError
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT, accept_interrupts
from tests.wiring.shell import FLASK

ENDPOINTS = ["list", "by tag", "article", "user", "tags", "comment"]

PATIENCE = 300
"""Seconds after which a command that measures hangs."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Use a temporary instance folder, and measure as little as possible."""
    monkeypatch.setenv("FLASK_INSTANCE_PATH", str(settings.instance))
    effort = Effort(rounds=2, block=2, starts=1, requests=10, seconds=0.1)
    monkeypatch.setattr("assembly_required.lab.compare.run.QUICK", effort)


def run(*arguments: str) -> Result:
    info = ScriptInfo(app_import_path=str(ROOT / "wsgi.py"))
    return CliRunner().invoke(compare, ["--quick", *arguments], obj=info)


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results of a run with every kind of candidate but baselines."""
    choices = ["classic", "orm=sqlalchemy_core", *(f"peer={name}" for name in PEERS)]
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))}
    command = [FLASK, "compare", *choices, "--quick", "--no-baselines", "--articles", "100", "--rounds", "2", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_numbers_for_programs(measured: dict[str, Any]) -> None:
    assert measured["data"] == {"users": 200, "articles": 100, "database": "sqlite"}
    assert measured["effort"]["rounds"] == 2
    assert list(measured["endpoints"]) == ENDPOINTS
    assert measured["command"].startswith("flask compare classic orm=sqlalchemy_core")
    assert {"flask", "django", "fastapi", "sqlalchemy"} <= measured["versions"].keys()
    assert measured["machine"]["cores"] == os.cpu_count()
    first, second, changed, *others = measured["candidates"]
    assert (first["name"], first["kind"], measured["reference"]) == ("classic", "stack", "classic")
    assert (second["name"], second["kind"], second["cold_start_ms"]) == ("classic again", "control", None)
    assert (changed["name"], changed["kind"], changed["tuned"]) == ("orm=sqlalchemy_core", "choice", True)
    assert changed["choice"]["orm"] == "sqlalchemy_core"
    assert [each["name"] for each in others] == [f"peer={name}" for name in PEERS]
    for each in measured["candidates"]:
        check_numbers(each)
    assert first["endpoints"]["list"]["ratio"] == 1
    assert list(first["compared_with"]) == [f"peer={name}" for name in PEERS]


def check_numbers(candidate: dict[str, Any]) -> None:
    assert list(candidate["endpoints"]) == ENDPOINTS
    for numbers in [candidate["requests"], *candidate["endpoints"].values()]:
        assert numbers["low"] <= numbers["ratio"] <= numbers["high"]
    for numbers in candidate["endpoints"].values():
        assert numbers["microseconds"] > 0
        assert type(numbers["statements"]) is int
        assert numbers["statements"] > 0
    assert sorted(candidate["shares"]) == PARTS
    assert sum(candidate["shares"].values()) == pytest.approx(1, abs=0.01)
    if candidate["kind"] != "control":
        assert candidate["cold_start_ms"] > 0
        assert candidate["packages"] > 5
        assert candidate["megabytes"] > 1
        assert candidate["lines"] > 100


def test_what_was_found_is_in_sentences(measured: dict[str, Any]) -> None:
    found = {each["rule"]: each for each in measured["findings"]}
    assert {"largest part", "most to gain", "compared with a peer"} <= found.keys()
    assert found["compared with a peer"]["candidates"][1:] == ["classic", "orm=sqlalchemy_core"]
    assert "orm=sqlalchemy_core (tuned) takes" in found["compared with a peer"]["sentence"]


def test_the_tables_for_people(measured: dict[str, Any]) -> None:
    assert "100 articles, 200 users, SQLite; 2 rounds" in str(next(summary.render_summary(measured)))
    table = summary.render_candidates(measured)
    names = [str(cell) for cell in table.columns[0].cells]
    assert names[:3] == ["classic", "classic again (control)", "orm=sqlalchemy_core (tuned)"]
    assert len(names) == len(measured["candidates"])
    for endpoint in ENDPOINTS:
        assert [*summary.render_endpoint(measured, endpoint).columns[0].cells] == names
    assert [*summary.render_shares(measured).columns[0].cells] == names


def test_the_options_of_validation_alone() -> None:
    result = run("--validation", "--rounds", "3", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert list(found["jobs"]) == ["load an article", "dump a page of 20"]
    for ranking in found["jobs"].values():
        assert set(ranking) == {*SLOTS["validation"].names, "plain again"}
        times = [each["microseconds"] for each in ranking.values()]
        assert times == sorted(times)
        assert ranking["plain"]["ratio"] == 1
    text = run("--validation", "--rounds", "2").stdout
    assert all(f"  {name} " in text for name in SLOTS["validation"].names)


def test_validation_alone_takes_no_stacks() -> None:
    result = run("--validation", "classic")
    assert result.exit_code == 2
    assert (
        "--validation compares all options of the slot validation, not stacks. Leave out the stacks or --validation."
        in result.stderr
    )


def test_two_options_that_differ_are_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(validation.JOBS, "load an article", (lambda option: lambda _: type(option), None))
    assert run("--validation").exit_code == 1
    assert "does not load an article as 'plain' does" in run("--validation").stderr


def test_a_page_of_the_list_and_details() -> None:
    result = run("bare", "--no-baselines", "--details", "--page", "50")
    assert result.exit_code == 0, result.output
    assert "page 50: GET /api/articles?offset=980" in result.stdout
    assert sum(line.startswith("bare again (control)") for line in result.stdout.splitlines()) == 9
    assert "The rules that made the sentences above" in result.stdout


def test_a_difference_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Candidate("wrong", "baseline", "tests.lab.compare.wrong:build", by_hand=True)
    monkeypatch.setattr(candidates, "BASELINES", (wrong,))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    result = run("bare")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith(
        "Error: 'wrong' answers GET /api/articles otherwise than 'bare': "
        "body.articles[0].favorited is True, not False\nNothing was timed.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clasic"], "STACK = 'clasic' (from the command line) is not a named stack: choose one of classic"),
        (["orm=peewe"], "STACK_ORM = 'peewe' (from the command line) is not an option of this slot: choose one of"),
        (["omr=plain"], "'omr=plain' is not of the form SLOT=OPTION"),
        (["peer=djang"], "'djang' is not a peer: choose one of django, fastapi, fastapi_async. Did you mean peer=dj"),
        (["example=orm/peewee"], "an example has its own requests and its own data"),
        (
            ["--page", "51"],
            "There is no page 51: 1,000 articles fill 50 pages. Use --page 50 or less, or more --articles.",
        ),
        (["--rounds", "1"], "1 is not in the range x>=2"),
    ],
    ids=["stack", "option", "slot", "peer", "example", "page", "rounds"],
)
def test_what_cannot_be_compared_is_said(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_server_that_cannot_be_reached_is_told() -> None:
    result = run("bare", "--postgresql", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert result.exit_code == 1
    assert "No database can be created on the PostgreSQL server" in result.stderr
    assert "secret" not in result.stderr
    assert "--postgresql postgresql://user@host/postgres" in result.stderr


def test_what_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(STACKS, "exotic", {})
    choose = candidates.choose

    def refuse_exotic(settings: Settings) -> Any:
        if settings.values["STACK"] == "exotic":
            raise StackError("It is not installed.")
        return choose(settings)

    monkeypatch.setattr(candidates, "choose", refuse_exotic)
    missing = Candidate("missing", "baseline", "none:build", needs=("no_such_module",), by_hand=True)
    monkeypatch.setattr(candidates, "BASELINES", (*BASELINES, missing))
    chosen = choose_candidates([], settings, baselines=True, sqlite=True)
    names = [*(name for name in STACKS if name != "exotic"), *(f"peer={name}" for name in PEERS)]
    assert [each.name for each in chosen.candidates] == [*names, *(each.name for each in BASELINES)]
    assert list(chosen.not_measured) == ["exotic", "missing"]
    assert chosen.not_measured["missing"] == "It needs no_such_module, not installed."
    said = capsys.readouterr().err
    assert said.startswith("Not measured: exotic. It is not installed. Run: ")
    assert "-m pip install -e '.[exotic]'\n" in said


def test_a_process_that_dies_is_told(provided: Data) -> None:
    with Process(BASELINES[-1], provided) as process:
        os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(Died, match=r"^The process of 'empty Flask' was asked to send, and ended with status -9\."):
            process.send(endpoints(provided.file)[0])


def test_a_process_that_cannot_start_says_why(provided: Data) -> None:
    nowhere = Candidate("nowhere", "baseline", "assembly_required.lab.compare.nowhere:build", by_hand=True)
    with pytest.raises(Died, match=r"No module named 'assembly_required\.lab\.compare\.nowhere'"):
        Process(nowhere, provided)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)], ids=["ctrl-c", "sigterm"])
def test_nothing_is_left_of_an_interrupted_run(tmp_path: Path, number: int, status: int) -> None:
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path), "TMPDIR": str(tmp_path / "tmp")}
    command = [FLASK, "compare", "bare", "--quick", "--no-baselines", "--rounds", "1000"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=accept_interrupts
    ) as process:
        children = wait_for_children(process, 2)
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == status
    assert "Traceback" not in said
    wait_until(lambda: not [child for child in children if Path(f"/proc/{child}").exists()])
    assert [*(tmp_path / "tmp").iterdir()] == []
    assert {each.suffix for each in (tmp_path / "compare").iterdir()} <= {".sqlite3", ".lock"}


def wait_for_children(process: "subprocess.Popen[str]", number: int) -> list[int]:
    """Wait until a process has as many child processes, and return their ids."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_until(lambda: process.poll() is None and len(listed.read_text().split()) >= number)
    return [int(each) for each in listed.read_text().split()]


def wait_until(fulfilled: Callable[[], bool]) -> None:
    """Wait for a condition. A process that has lost its parent ends by itself, but not at once."""
    end = time.monotonic() + PATIENCE
    while not fulfilled():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_help_teaches() -> None:
    result = run("--help")
    assert "flask compare classic orm=peewee" in result.output
    assert "nothing is timed, and the exit status is 1" in " ".join(result.output.split())
