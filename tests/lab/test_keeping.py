"""``flask compare --saved``, ``--save`` and ``--html``, as a user types them."""

import json
import sys
from functools import partial
from pathlib import Path

import click
import pytest

from assembly_required.cli.compare import keeping
from assembly_required.cli.compare.chosen import choose_candidates
from assembly_required.cli.compare.keeping import choose_everything, describe_changes
from assembly_required.lab import measured
from assembly_required.lab.compare.data import Size
from assembly_required.lab.compare.run import Effort
from assembly_required.lab.measured import UNTIMED, list_expected, read_measured
from assembly_required.lab.serve.waiting import ways
from assembly_required.stack.settings import Settings
from tests.conftest import ROOT
from tests.wiring.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "instance")


def test_what_is_kept_is_shown(shell: Shell) -> None:
    results = read_measured()
    shown = shell("compare", "--saved")
    assert shown.returncode == 0
    assert all(each["name"] in shown.stdout for each in results["candidates"])
    assert f"since {results['measured']}" in shown.stderr
    assert json.loads(shell.ok("compare", "--saved", "--json")) == results


def test_changes_are_listed_and_what_is_absent_is_one_line() -> None:
    results = read_measured() | {"versions": {"flask": "0.1", "nothing-of-this-name": "1", "nor-of-this": "1"}}
    first, *changes, last = describe_changes(results).splitlines()
    assert first == f"Versions that have changed since {results['measured']}:"
    assert any(line.startswith("  flask 0.1 -> 3.") for line in changes)
    assert last == "Not installed here: nothing-of-this-name, nor-of-this."


def test_a_report_is_written(shell: Shell, tmp_path: Path) -> None:
    shown = shell("compare", "--saved", "--html", str(tmp_path / "report.html"))
    assert (shown.returncode, f"Wrote {tmp_path / 'report.html'}" in shown.stderr) == (0, True)
    assert "<h1>Stacks compared</h1>" in (tmp_path / "report.html").read_text()
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--save", "classic", "bare"), "--save is about everything, not about classic, bare."),
        (("--saved", "classic"), "--saved is about everything, not about classic."),
        (("--saved", "--loading"), "need the whole comparison"),
        (("--html", "report.html", "--serve"), "need the whole comparison"),
        (("--saved", "--html", "nowhere/report.html"), "there is no such folder"),
    ],
)
def test_options_that_do_not_fit_together(shell: Shell, arguments: tuple[str, ...], words: str) -> None:
    result = shell("compare", *arguments)
    assert result.returncode == 2
    assert words in result.stderr


def test_everything_is_chosen(tmp_path: Path) -> None:
    chosen = choose_everything(Settings(ROOT, tmp_path))
    timed = {each.name: each.timed for each in chosen.candidates}
    assert chosen.not_measured == {}
    assert timed.keys() >= set(list_expected())
    assert {name for name, is_timed in timed.items() if not is_timed} == {
        name for name in list_expected() if name.partition("=")[0] in UNTIMED
    }


@pytest.mark.full
def test_a_report_of_a_measurement(shell: Shell, tmp_path: Path) -> None:
    few = ("--quick", "--no-baselines", "--articles", "100", "--rounds", "2", "--html", str(tmp_path / "report.html"))
    shell.ok("compare", "bare", "orm=plain", *few)
    report = (tmp_path / "report.html").read_text()
    assert "orm=plain" in report
    assert "Only 2 rounds were measured." in report
    assert ">Under real servers</h2>" not in report


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that results are written to. To be fast, one stack is measured, on one server, with one way to wait."""
    path = tmp_path / "measured.json"
    monkeypatch.setattr(measured, "write_measured", partial(measured.write_measured, path=path))
    monkeypatch.setattr(
        keeping, "choose_everything", partial(choose_candidates, ("bare",), baselines=False, sqlite=True)
    )
    find_applications, find_servers = keeping.find_applications, keeping.find_servers
    monkeypatch.setattr(keeping, "find_applications", lambda _, settings: find_applications(("bare",), settings))
    monkeypatch.setattr(keeping, "find_servers", lambda _, applications: find_servers(["gunicorn sync"], applications))
    monkeypatch.setattr(ways, "WAYS", ways.WAYS[:1])
    return path


@pytest.mark.full
def test_everything_is_measured_and_kept(kept: Path, tmp_path: Path) -> None:
    effort = Effort(rounds=2, starts=1, requests=50, seconds=0.1)
    results = keeping.measure_all(Settings(ROOT, tmp_path), Size(20, 100), effort, quick=True, postgresql=None)
    assert json.loads(kept.read_text()) == json.loads(json.dumps(results))
    assert results["candidates"][0]["name"] == "bare"
    assert results["contract"]["bare"]["failed"] == 0
    assert {each["server"] for each in results["serve"]} == {"gunicorn sync"}
    assert {each["way"] for each in results["waiting"]} == {ways.WAYS[0].name, "the upstream alone"}
    assert {"flask", "gunicorn"} <= results["versions"].keys()


@pytest.mark.full
def test_what_was_kept_stays_if_a_measurement_fails(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text("what was kept before")
    monkeypatch.setattr(sys, "executable", "/bin/false")  # what is measured runs in processes of its own
    effort = Effort(rounds=2, starts=1, requests=50, seconds=0.1)
    with pytest.raises(click.ClickException):
        keeping.measure_all(Settings(ROOT, tmp_path), Size(20, 100), effort, quick=True, postgresql=None)
    assert kept.read_text() == "what was kept before"
