"""What is mutated, and which tests have to notice."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("areas.toml")

CONTRACT = "src/assembly_required/contract"


@dataclass(frozen=True)
class Unit:
    """Modules and the tests that guard them.

    :param area: what the modules guard.
    :param modules: their paths below the package.
    :param tests: arguments of pytest, the fastest first.
    :param functions: which functions are mutated, with their decorators; by default the whole modules.
    :param leave: the start of lines, without indentation, that are not mutated: descriptions and conveniences.
    :param survivors: for the mutants that no test can tell from the original: the mutated line, and why that is so.
    """

    area: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    survivors: dict[str, str] = field(default_factory=dict)


def load_units() -> list[Unit]:
    return [_read_unit(**table) for table in tomllib.loads(FILE.read_text())["unit"]]


def _read_unit(area: str, modules: list[str], tests: list[str], **others: Any) -> Unit:
    paths = tuple(test.format(contract=CONTRACT) for test in tests)
    functions, leave = (tuple(others.get(name, ())) for name in ("functions", "leave"))
    return Unit(area, tuple(modules), paths, functions, leave, others.get("survivors", {}))
