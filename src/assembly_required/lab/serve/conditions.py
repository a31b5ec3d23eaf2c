"""The conditions of a measurement: what figures depend on."""

import shlex
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ..machine import describe_machine

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def describe_conditions(effort: "DataclassInstance", packages: Iterable[str], postgresql: str | None) -> dict[str, Any]:
    """Describe the time, the command, the machine, and the versions of what was measured.

    :param packages: the names of distributions.
    :param postgresql: the version of the PostgreSQL server.
    """
    return {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["flask", *sys.argv[1:]]),
        "machine": {**describe_machine(), "postgresql": postgresql},
        "versions": {name: version(name) for name in sorted(set(packages))},
        "effort": asdict(effort),
    }
