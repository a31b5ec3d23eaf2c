"""Ask PyPI about packages, and write the table.

Source: https://docs.pypi.org/api/json/
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import tomlkit
from packaging.requirements import Requirement
from packaging.version import InvalidVersion, Version

from ..files import write_atomically
from . import SLOW, Health, Table

PYPI = "https://pypi.org/pypi"
PATIENCE = 30
"""Seconds to wait for an answer."""

PYTHON = "Programming Language :: Python :: 3."

HEAD = """\
# What PyPI says about the packages of the options and the peers. To gather it again: flask stack health --update
# Only the notes are written by hand; an update keeps them.
"""


class Unreachable(Exception):
    """PyPI does not answer, or does not know a package."""


def gather(names: Iterable[str], before: Table, today: date, index: str = PYPI) -> Table:
    """Ask for every package. The notes are those of the table before.

    :raises Unreachable: one of them cannot be had.
    """
    notes = {name: health.note for name, health in before.packages.items()}
    return Table(today, {name: replace(ask(name, today, index), note=notes.get(name, "")) for name in names})


def ask(name: str, today: date, index: str = PYPI) -> Health:
    """Ask for one package.

    :raises Unreachable: it cannot be had.
    """
    try:
        with urlopen(f"{index}/{name}/json", timeout=PATIENCE) as response:  # noqa: S310 - the index is PyPI's or a test's
            return read_answer(json.load(response), today)
    except (URLError, TimeoutError, ValueError) as error:
        raise Unreachable(f"{index}/{name}/json gave no answer that can be used: {error}.") from error


def read_answer(answer: Mapping[str, Any], today: date) -> Health:
    """Read PyPI's answer about one package."""
    info = answer["info"]
    recent = today - timedelta(days=SLOW)
    return Health(
        version=info["version"],
        released=min(map(read_day, answer["urls"])),
        releases=sum(
            1
            for number, files in answer["releases"].items()
            if files and is_final(number) and min(map(read_day, files)) >= recent
        ),
        requires_python=info["requires_python"] or "",
        newest_python=find_newest_python(info["classifiers"]),
        requires_flask=find_flask(info["requires_dist"] or ()),
        advisories=tuple(each["id"] for each in answer["vulnerabilities"] if not each["withdrawn"]),
    )


def read_day(file: Mapping[str, str]) -> date:
    """Return the day on which a file was uploaded."""
    return datetime.fromisoformat(file["upload_time_iso_8601"]).date()


def is_final(number: str) -> bool:
    """Check whether a version is one that pip installs by itself.

    >>> is_final("2.0.1"), is_final("2.0.0b1"), is_final("2004d-old")
    (True, False, False)
    """
    try:
        return not Version(number).is_prerelease
    except InvalidVersion:
        return False


def find_newest_python(classifiers: Iterable[str]) -> str:
    """
    >>> find_newest_python([f"{PYTHON}9", f"{PYTHON}14", "Framework :: Flask"])
    '3.14'
    """
    minors = [each.removeprefix(PYTHON) for each in classifiers if each.startswith(PYTHON)]
    return max((f"3.{minor}" for minor in minors if minor.isdigit()), key=Version, default="")


def find_flask(requirements: Iterable[str]) -> str | None:
    """
    >>> find_flask(["Flask>=1.0.4", "Werkzeug>=1.0.1"]), find_flask(["flask"]), find_flask(["alembic"])
    ('>=1.0.4', '', None)
    """
    for requirement in map(Requirement, requirements):
        if requirement.name.lower() == "flask" and not requirement.marker:
            return str(requirement.specifier)
    return None


def write_table(table: Table, path: Path) -> None:
    """Write the table in place of the one before."""
    document = tomlkit.parse(HEAD)
    document["gathered"] = table.gathered
    document["packages"] = {name: list_row(health) for name, health in sorted(table.packages.items())}
    write_atomically(path, tomlkit.dumps(document))


def list_row(health: Health) -> dict[str, Any]:
    """List the values of a row. TOML has no value for nothing, so nothing is left out."""
    values = {**asdict(health), "advisories": list(health.advisories)}
    return {key: value for key, value in values.items() if value is not None and (key != "note" or value)}
