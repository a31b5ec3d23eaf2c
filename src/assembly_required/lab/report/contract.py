"""The grid of the contract: what each stack and each peer passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Grid:
    """The results, with a column for each module of the contract.

    :param modules: the names of the modules.
    :param rows: the candidates, each with its results by module and, under ``None``, all together.
    """

    modules: Sequence[str]
    rows: Mapping[str, Mapping[str | None, Mapping[str, int]]]


def build_grid(result: Mapping[str, Any]) -> Grid | None:
    """Build the grid, or return ``None`` if the contract was not run."""
    contract = result.get("contract")
    if not contract:
        return None
    modules = sorted({module for each in contract.values() for module in each["modules"]})
    return Grid(modules, {name: {None: each, **each["modules"]} for name, each in contract.items()})
