"""The results that are kept: complete, of versions that exist, and replaced as a whole or not at all."""

import json
import platform
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from assembly_required.lab.conformance import NotRun, run_contract
from assembly_required.lab.inventory import list_options
from assembly_required.lab.measured import (
    UNTIMED,
    find_absent,
    find_changes,
    list_choices,
    read_measured,
    write_measured,
)
from assembly_required.lab.peers import PEERS
from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT

RESULTS = read_measured()
CANDIDATES = {each["name"]: each for each in RESULTS["candidates"]}


def test_every_stack_option_and_peer_is_measured_or_has_a_reason() -> None:
    assert find_absent(RESULTS) == []
    assert all(reason.endswith(".") or "Run: " in reason for reason in RESULTS["not_measured"].values())


def test_what_is_absent_is_found() -> None:
    results = deepcopy(RESULTS)
    results["candidates"] = [each for each in results["candidates"] if each["name"] != "orm=peewee"]
    assert find_absent(results) == ["orm=peewee"]
    results["not_measured"]["orm=peewee"] = "A reason."
    assert find_absent(results) == []


def test_a_stack_is_measured_with_the_options_that_it_has_now() -> None:
    for name, choices in STACKS.items():
        expected = {slot.name: choices.get(slot.name, slot.names[0]) for slot in SLOTS.values()}
        assert name not in CANDIDATES or CANDIDATES[name]["choice"] == expected


@pytest.mark.parametrize("choice", list_choices())
def test_an_option_is_measured_in_its_slot(choice: str) -> None:
    slot, _, option = choice.partition("=")
    if choice in RESULTS["not_measured"]:
        assert choice not in CANDIDATES
        return
    assert CANDIDATES[choice]["choice"][slot] == option
    assert (CANDIDATES[choice]["endpoints"] == {}) == (slot in UNTIMED)
    assert RESULTS["options"][slot][option]["lines"] > 0


def test_no_candidate_is_unknown() -> None:
    named = {each["name"] for each in RESULTS["candidates"] if each["kind"] in ("stack", "choice", "peer")}
    assert named <= {*STACKS, *list_choices(), *(f"peer={name}" for name in PEERS)}


def test_versions_are_versions() -> None:
    assert RESULTS["versions"]["flask"]
    assert all(Version(version) for version in RESULTS["versions"].values())


def test_every_measured_stack_and_peer_passes_the_contract_or_has_a_reason() -> None:
    names = {each["name"] for each in RESULTS["candidates"] if each["kind"] in ("stack", "peer")}
    left_out = {name for name in names if f"the contract on {name}" in RESULTS["not_measured"]}
    assert RESULTS["contract"].keys() == names - left_out
    assert {name: each["failed"] for name, each in RESULTS["contract"].items() if each["failed"]} == {}


def test_changed_versions_are_found() -> None:
    results: dict[str, Any] = {
        "machine": {"python": platform.python_version()},
        "versions": {"flask": "0.1", "nothing-of-this-name": "1.0", "rich": RESULTS["versions"].get("rich", "1")},
    }
    changes = {name: (then, now) for name, then, now in find_changes(results)}
    assert changes["flask"][0] == "0.1"
    assert changes["flask"][1] != "0.1"
    assert changes["nothing-of-this-name"] == ("1.0", None)
    assert "Python" not in changes
    results["machine"]["python"] = "3.0.0"
    assert next(find_changes(results))[0] == "Python"


def test_results_are_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "measured.json"
    write_measured({"one": 1}, path)
    with pytest.raises(TypeError, match="not JSON serializable"):
        write_measured({"one": 2, "two": object()}, path)
    assert read_measured(path) == {"one": 1}
    with pytest.raises(FileNotFoundError):
        write_measured({"one": 2}, tmp_path / "missing" / "measured.json")
    assert [each.name for each in tmp_path.iterdir()] == ["measured.json"]


def test_options_are_weighed() -> None:
    options = list_options()
    assert options["orm"]["peewee"]["packages"] == ["peewee"]
    assert options["orm"]["plain"]["packages"] == []
    assert options["orm"]["peewee"]["megabytes"] > 0


@pytest.mark.full
def test_the_contract_is_run_and_counted() -> None:
    counts = run_contract("bare", ROOT, ["-k", "test_tags"])
    assert counts["passed"] >= counts["modules"]["test_tags"]["passed"] > 0
    assert (counts["failed"], counts["skipped"]) == (0, 0)


def test_a_contract_that_cannot_be_run() -> None:
    with pytest.raises(NotRun, match="could not be run on nothing"):
        run_contract("nothing", ROOT)


def test_the_file_ends_with_a_line_break() -> None:
    assert json.dumps(RESULTS, indent=1) + "\n" == (ROOT / "src/assembly_required/lab/measured.json").read_text()
