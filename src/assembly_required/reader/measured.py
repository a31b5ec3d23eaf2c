"""What the options of a slot cost, from the last saved run of ``flask compare``."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..stack.describe import PACKAGE
from ..stack.slots import Slot
from .caching import keep_until_changed

FILE = PACKAGE / "lab" / "measured.json"
"""The saved run. Without it, a chapter has no figures."""

FIGURES = {
    "cold_start_ms": "cold start, ms",
    "memory_mib": "memory, MiB",
    "packages": "packages",
    "megabytes": "packages, MB",
    "lines": "lines of the adapter",
}


@dataclass(frozen=True)
class Measured:
    """A table of figures.

    :param about: when and where they were measured.
    :param columns: the headings.
    :param rows: the cells of each option, by its name.
    """

    about: str
    columns: list[str]
    rows: dict[str, list[str]]


def read(slot: Slot, file: Path = FILE) -> Measured | None:
    """Read the figures of a slot: each option in the stack ``classic``, and that stack itself for the default."""
    if not file.exists():
        return None
    saved = _read(file)
    names = {f"{slot.name}={option}": option for option in slot.names} | {saved["reference"]: slot.names[0]}
    found = {names[each["name"]]: each for each in saved["candidates"] if each["name"] in names}
    if not found:
        return None
    endpoints = list(dict.fromkeys(name for each in found.values() for name in each["endpoints"]))
    rows = {
        option: [*(_format_time(each, name) for name in endpoints), *(_format(each[figure]) for figure in FIGURES)]
        for option, each in found.items()
    }
    machine = saved["machine"]
    about = (
        f"Measured on {saved['measured'][:10]} with `{saved['command']}` on {machine['processor']}, Python "
        f"{machine['python']}. Each option is in the stack `{saved['reference']}`. CPU time of a request is a multiple "
        "of that stack's."
    )
    return Measured(about, [*endpoints, *FIGURES.values()], rows)


def read_results(file: Path = FILE) -> dict[str, Any]:
    """Read the saved run. Without one, there are no results."""
    return _read(file) if file.exists() else {}


@keep_until_changed
def _read(file: Path) -> dict[str, Any]:
    saved: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return saved


def _format_time(candidate: dict[str, Any], endpoint: str) -> str:
    found = candidate["endpoints"].get(endpoint)
    return f"{found['ratio']:.2f}" if found else "-"


def _format(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.1f}".removesuffix(".0")
