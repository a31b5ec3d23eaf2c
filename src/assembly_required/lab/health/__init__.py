"""How well the packages behind the options and the peers are maintained: a dated table, gathered from PyPI.

``flask stack health`` prints it, and ``flask stack health --update`` gathers it again. A note in the table is written
by hand and kept by an update.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any

from ...stack.slots import SLOTS
from ..peers import PEERS
from ..weight import PROJECT, list_requirements, normalize

TABLE = Path(__file__).with_name("table.toml")

ACTIVE, SLOW = 365, 730
"""The newest release of an active package is at most this many days old; of a slow one; any other is dormant."""


@dataclass(frozen=True)
class Health:
    """What PyPI knows about one package.

    :param version: the newest release.
    :param released: the day on which its first file was uploaded.
    :param releases: the number of releases in the two years before the table was gathered.
    :param requires_python: the Python versions it allows, such as ``>=3.9``; empty if it does not say.
    :param newest_python: the newest Python version in its classifiers; empty if there is none.
    :param advisories: the known vulnerabilities of the newest release.
    :param requires_flask: the Flask versions it allows; empty if it does not say; ``None`` if it does not need Flask.
    :param note: a remark written by hand.
    """

    version: str
    released: date
    releases: int
    requires_python: str
    newest_python: str
    advisories: tuple[str, ...]
    requires_flask: str | None = None
    note: str = ""

    def describe_maintenance(self, on: date) -> str:
        """Return ``active``, ``slow`` or ``dormant``, by the age of the newest release on a day.

        >>> flask_login = Health("0.6.3", date(2023, 10, 30), 0, ">=3.7", "3.11", ())
        >>> flask_login.describe_maintenance(date(2024, 1, 1)), flask_login.describe_maintenance(date(2026, 11, 27))
        ('active', 'dormant')
        """
        days = (on - self.released).days
        return "active" if days <= ACTIVE else "slow" if days <= SLOW else "dormant"


@dataclass(frozen=True)
class Table:
    """The health of every package, by its name.

    :param gathered: the day on which PyPI was asked.
    """

    gathered: date
    packages: Mapping[str, Health]


def read_table(path: Path = TABLE) -> Table:
    """Read the table."""
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return Table(values["gathered"], {name: read_row(row) for name, row in values["packages"].items()})


def read_row(row: Mapping[str, Any]) -> Health:
    """Read one row."""
    return Health(**{**row, "advisories": tuple(row["advisories"])})


def find_users() -> dict[str, list[str]]:
    """Find the packages that options and peers name, each with those that name it, such as ``login=flask_login``."""
    users: dict[str, list[str]] = {"flask": []}
    for user, extra in list_users():
        for package in list_packages(extra):
            users.setdefault(package, []).append(user)
    return dict(sorted(users.items()))


def list_users() -> Iterator[tuple[str, str]]:
    """List the options and the peers that need packages, each with its extra."""
    for slot in SLOTS.values():
        yield from ((f"{slot.name}={option.name}", option.extra) for option in slot.options if option.modules)
    yield from ((f"peer={peer.name}", peer.extra) for peer in PEERS.values())


def list_packages(extra: str) -> list[str]:
    """List the packages of an extra, without what they need in turn.

    >>> list_packages("flask-login")
    ['flask-login']
    """
    return [normalize(each.name) for each in list_requirements(distribution(PROJECT), extra)]


def find_installed(package: str) -> str | None:
    """Return the installed version of a package, or ``None``."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
