"""What ``flask tutorial record`` has written down: versions of packages, and differences between libraries.

A page only reads it, so no page runs a library, and pages are complete where not every library is installed.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from ..stack.describe import PACKAGE

FILE = Path(__file__).parent / "recorded.json"

KINDS = ("adapters", "examples", "peers")


@cache
def read() -> dict[str, Any]:
    """Read the record."""
    record: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return record


def find_versions(path: Path) -> dict[str, str]:
    """Find the versions of the packages with which a file of the package was last tested."""
    if not path.is_relative_to(PACKAGE):
        return {}
    kind, *rest = path.relative_to(PACKAGE).with_suffix("").parts
    if kind not in KINDS:
        return {}
    name = "/".join(rest[: 1 if kind == "peers" else 2]).removesuffix("_app")
    versions: dict[str, str] = read()["versions"][kind].get(name, {})
    return versions


def find_differences(slot: str) -> str:
    """Return the tables of ``flask stack differences`` for a slot, as Markdown; empty if it has none."""
    text: str = read()["differences"].get(slot, "")
    return text
