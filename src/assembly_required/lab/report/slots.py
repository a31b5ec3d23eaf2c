"""Piece by piece: for each slot, what Django has built in, and what each option needs for the same."""

import ast
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ...stack.describe import PACKAGE
from ...stack.slots import SLOTS, Option, Slot
from ..health import Health, Table, list_packages
from ..selection import AFFECTED
from .candidates import LIST, Candidate, find_candidate, get_timing, is_noise
from .prose import read_in_django

BUILT_IN = Path(__file__).with_name("builtins.toml")


@dataclass(frozen=True)
class Timed:
    """What an option does to one request.

    :param request: the name of the request.
    :param timing: its timing.
    :param noise: whether the difference from the reference is too small to be measured.
    """

    request: str
    timing: Mapping[str, Any]
    noise: bool


@dataclass(frozen=True)
class Filling:
    """One option and what it costs.

    :param weight: its lines, packages and megabytes; ``None`` if they were not counted.
    :param candidate: the stack ``classic`` with this option; ``None`` if it was not measured.
    :param list: its list request.
    :param most: the request that it changes most, if that is another one.
    :param health: the health of its packages.
    :param in_django: what the adapter's lesson says about Django.
    """

    option: Option
    is_default: bool
    weight: Mapping[str, Any] | None
    candidate: Candidate | None
    list: Timed | None
    most: Timed | None
    health: Mapping[str, Health]
    in_django: Markup


@dataclass(frozen=True)
class Piece:
    """One slot.

    :param built_in: what Django has for it.
    :param peers: the lines of code that each peer needs for it.
    :param tests: the modules of tests that every option passes, each with the number of its test functions.
    """

    slot: Slot
    built_in: str
    peers: Mapping[str, int]
    fillings: Sequence[Filling]
    tests: Mapping[str, int]


def build_slots(result: Mapping[str, Any], health: Table) -> list[Piece]:
    """Build the part about every slot."""
    built_in = read_built_in()
    return [
        Piece(
            slot,
            built_in[slot.name],
            {name: lines[slot.name] for name, lines in result.get("peer_lines", {}).items() if lines.get(slot.name)},
            [build_filling(slot, option, result, health) for option in slot.options],
            count_tests(slot.name),
        )
        for slot in SLOTS.values()
    ]


def read_built_in() -> dict[str, str]:
    """Read the paragraph for each slot."""
    return tomllib.loads(BUILT_IN.read_text(encoding="utf-8"))


def build_filling(slot: Slot, option: Option, result: Mapping[str, Any], health: Table) -> Filling:
    """Build the part about one option."""
    is_default = option is slot.options[0]
    candidate = find_candidate(result, "classic" if is_default else f"{slot.name}={option.name}")
    weights = result.get("options", {}).get(slot.name, {})
    timed = list_timed(candidate, result) if candidate else []
    others = [each for each in timed if each.request != LIST and not each.noise]
    return Filling(
        option,
        is_default,
        weights.get(option.name),
        candidate,
        next((each for each in timed if each.request == LIST), None),
        max(others, key=lambda each: abs(each.timing["ratio"] - 1), default=None) if not is_default else None,
        {name: health.packages[name] for name in list_packages(option.extra)},
        read_in_django(slot.name, option.name),
    )


def list_timed(candidate: Candidate, result: Mapping[str, Any]) -> list[Timed]:
    """List the timed requests of a candidate."""
    return [
        Timed(name, timing, is_noise(candidate, name, result))
        for name in result["endpoints"]
        if (timing := get_timing(candidate, name))
    ]


def count_tests(slot: str) -> dict[str, int]:
    """Count the tests that hold all options of a slot to the same behaviour, by their module.

    Those of the contract run on every option that can affect them; those of the examples run on each example.
    """
    paths = [PACKAGE / f"contract/test_{name}.py" for name in sorted(AFFECTED[slot])]
    paths.append(PACKAGE / f"examples/{slot}/test_{slot}.py")
    return {path.relative_to(PACKAGE).as_posix(): count_functions(path) for path in paths}


def count_functions(path: Path) -> int:
    """Count the test functions of a module."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return sum(1 for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
