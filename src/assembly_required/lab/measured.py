"""The results that are kept in the package, which the report, the guide and the tutorial quote.

``flask compare --save`` measures everything and writes them; ``flask compare --saved`` shows them.
"""

import json
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..reader.measured import FILE
from ..stack.slots import SLOTS
from ..stack.stacks import STACKS
from .files import write_atomically
from .health import find_installed
from .peers import PEERS

MEASURED = FILE
"""The file that the tutorial reads too."""

UNTIMED = ("migrations", "login", "forms", "mail", "tasks", "admin", "docs_ui")
"""The slots that no measured request comes to. Of their options only start, memory and sizes are measured."""


def read_measured(path: Path = MEASURED) -> dict[str, Any]:
    """Read the results."""
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def write_measured(result: Mapping[str, Any], path: Path = MEASURED) -> None:
    """Write results in place of those before."""
    write_atomically(path, f"{json.dumps(result, indent=1)}\n")


def list_choices() -> list[str]:
    """List every option that is not the default of its slot, as a choice.

    >>> "orm=peewee" in list_choices(), "orm=flask_sqlalchemy" in list_choices()
    (True, False)
    """
    return [f"{slot.name}={name}" for slot in SLOTS.values() for name in slot.names[1:]]


def list_expected() -> list[str]:
    """List what complete results have: every named stack, option and peer."""
    return [*STACKS, *list_choices(), *(f"peer={name}" for name in PEERS)]


def find_absent(result: Mapping[str, Any]) -> list[str]:
    """Find what is neither measured nor named with a reason."""
    there = {candidate["name"] for candidate in result["candidates"]} | set(result["not_measured"])
    return [name for name in list_expected() if name not in there]


def find_changes(result: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Find the versions that have changed since: the name, the version then, and the version now, if there is one."""
    if result["machine"]["python"] != platform.python_version():
        yield "Python", result["machine"]["python"], platform.python_version()
    for name, then in result["versions"].items():
        now = find_installed(name)
        if now != then:
            yield name, then, now
