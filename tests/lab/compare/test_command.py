"""Test ``flask compare`` and its output. No test depends on how long anything takes."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from assembly_required.cli.compare import compare
from assembly_required.cli.compare.chosen import find_installed
from assembly_required.lab.compare import candidates, process, validation
from assembly_required.lab.compare.candidates import BASELINES, Candidate
from assembly_required.lab.compare.data import SECRET_KEY
from assembly_required.lab.compare.endpoints import endpoints
from assembly_required.lab.compare.run import Effort
from assembly_required.stack.settings import Settings
from assembly_required.stack.slots import SLOTS, StackError
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT
from tests.lab.compare.conftest import Start


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Use a temporary instance folder, and measure as little as possible."""
    monkeypatch.setenv("FLASK_INSTANCE_PATH", str(settings.instance))
    monkeypatch.setattr("assembly_required.lab.compare.run.QUICK", Effort(rounds=2, starts=1, requests=10))


def run(*arguments: str) -> Result:
    info = ScriptInfo(app_import_path=str(ROOT / "wsgi.py"))
    return CliRunner().invoke(compare, ["--quick", *arguments], obj=info)


def test_the_numbers_for_programs() -> None:
    result = run("--rounds", "3", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["users"], found["articles"], found["rounds"]) == (200, 1_000, 3)
    assert list(found["endpoints"]) == ["list", "by tag", "article", "user", "tags", "comment"]
    first, second, *others = found["candidates"]
    assert (first["name"], first["kind"], found["reference"]) == ("classic", "stack", "classic")
    assert (second["name"], second["kind"], second["cold_start_ms"]) == ("classic again", "control", None)
    assert [each["name"] for each in others][-len(BASELINES) :] == [each.name for each in BASELINES]
    for each in found["candidates"]:
        check_numbers(each, list(found["endpoints"]))
    assert first["endpoints"]["list"]["ratio"] == 1


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


def check_numbers(candidate: dict[str, Any], names: list[str]) -> None:
    assert list(candidate["endpoints"]) == names
    for numbers in candidate["endpoints"].values():
        low, high = numbers["quartiles"]
        assert low <= numbers["ratio"] <= high
        assert numbers["microseconds"] > 0
        assert type(numbers["statements"]) is int
    if candidate["kind"] != "control":
        assert candidate["cold_start_ms"] > 0


def test_the_table_for_people() -> None:
    result = run("classic", "hashing=plain", "--no-baselines", "--rounds", "2", "--page", "50")
    assert result.exit_code == 0, result.output
    assert "page 50: GET /api/articles?offset=980" in result.stdout
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["classic", "1.00", "1.00", "to", "1.00", "4"] in [line[:1] + line[2:] for line in lines]
    assert sum(line[:1] == ["hashing=plain"] for line in lines) == 8
    assert "'classic again' is the control" in result.stdout


def test_a_difference_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Candidate("wrong", "baseline", "tests.lab.compare.wrong")
    monkeypatch.setattr(candidates, "BASELINES", (wrong,))
    result = run()
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.endswith(
        "Error: 'wrong' answers GET /api/articles otherwise than 'classic': "
        "body.articles[0].favorited is True, not False\nNothing was timed.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clasic"], "STACK = 'clasic' (from the command line) is not a named stack: choose one of classic"),
        (["orm=peewe"], "STACK_ORM = 'peewe' (from the command line) is not an option of this slot: choose one of"),
        (["omr=plain"], "'omr=plain' is not of the form SLOT=OPTION"),
        (
            ["--page", "51"],
            "There is no page 51: 1,000 articles fill 50 pages. Use --page 50 or less, or more --articles.",
        ),
        (["--rounds", "1"], "1 is not in the range x>=2"),
    ],
    ids=["stack", "option", "slot", "page", "rounds"],
)
def test_what_cannot_be_compared_is_said(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_memory_and_cold_start_are_numbers(classic: Candidate, start: Start, database: Any) -> None:
    for candidate in (classic, BASELINES[0], BASELINES[3]):
        asked = endpoints(database)
        started, held = process.alone(start(candidate), asked, database, SECRET_KEY, starts=1, requests=5)
        assert started > 1
        assert held is None or held > 5


def test_a_named_stack_that_is_not_installed_is_left_out(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(STACKS, "exotic", {})
    monkeypatch.setattr(candidates, "choose", refuse_exotic)
    assert [each.name for each in find_installed(settings)] == [name for name in STACKS if name != "exotic"]
    said = capsys.readouterr().err
    assert said.startswith("Not installed, left out: exotic. To add them: ")
    assert said.endswith(" -m pip install -e '.[exotic]'\n")


def refuse_exotic(settings: Settings) -> None:
    if settings.values["STACK"] == "exotic":
        raise StackError("It is not installed.")


def test_help_teaches() -> None:
    result = run("--help")
    assert "flask compare classic hashing=plain" in result.output
    assert "nothing is timed, and the exit status is 1" in " ".join(result.output.split())
