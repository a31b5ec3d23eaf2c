"""The contract tests selected for an option fail if that option is broken. Slow: ``pytest -m mutation``."""

import os
import subprocess
import sys

import pytest

from assembly_required.lab.selection import AFFECTED
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT
from tests.wiring.breakage import BREAKAGES

BESIDE = {"validation=marshmallow": "docs=apispec"}
"""Options that are broken in a stack with another one: flask-smorest uses the schemas of marshmallow itself."""

CONTRACT = "src/assembly_required/contract"
CASES = [
    (slot, option, fault) for slot, faults in BREAKAGES.items() for option in SLOTS[slot].names for fault in faults
]  # fmt: skip


def test_every_slot_with_cases_is_broken_on_purpose() -> None:
    assert set(BREAKAGES) == {slot for slot, cases in AFFECTED.items() if cases}


@pytest.mark.mutation
@pytest.mark.parametrize(("slot", "option", "fault"), CASES)
def test_the_selected_cases_notice_a_broken_option(slot: str, option: str, fault: str) -> None:
    files = [f"{CONTRACT}/test_{case}.py" for case in sorted(AFFECTED[slot])]
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        "-x",
        "-q",
        "-p",
        "tests.wiring.breakage",
        "-p",
        "no:cacheprovider",
    ]
    broken = f"{slot}={option}"
    stack = ",".join(filter(None, [broken, BESIDE.get(broken)]))
    result = subprocess.run(
        [*run, "--stack", stack, *files],
        cwd=ROOT,
        env={**os.environ, "BREAK": f"{slot} {option} {fault}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stdout + result.stderr
    assert "1 failed" in result.stdout, result.stdout
