"""Figures of the kept results, named by a path of keys and formatted for a sentence.

A path is that of the keys in ``measured.json``, joined by slashes. A row of a list is named by the values that tell it
from the others: ``candidates/fast/packages``, or ``waiting/Flask*/256/requests_per_second``. If a pattern fits several
rows, the one with the most requests per second is meant.
"""

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

ROWS = {
    "candidates": ("name",),
    "waiting": ("way", "connections"),
    "serve": ("candidate", "server", "workers", "database", "endpoint"),
}
"""The lists in the results, each with the keys that name a row of it."""

FORMATS: dict[str, Callable[[Any], str]] = {
    "times": lambda value: f"{value:.2f} times",
    "ratio": lambda value: f"{value:.2f}",
    "count": lambda value: f"{value:,.0f}",
    "number": lambda value: f"{value:,.0f}" if value >= 10 else f"{value:.2g}",
    "text": str,
    "day": lambda value: str(value)[:10],
}
"""How a figure is written: ``number`` has two digits, or all of them before the point."""

PLACEHOLDER = re.compile(rf"\{{({'|'.join(FORMATS)}):(measured|\w+/[^{{}}]+)\}}")
"""A figure in a text: a format and a path."""


class NoFigure(LookupError):
    """The results do not have a figure."""


def find_figure(results: Mapping[str, Any], path: str) -> Any:
    """Find a figure, or the text at a path.

    >>> rows = [{"way": "a sync", "connections": 16, "requests_per_second": number} for number in (19, 20)]
    >>> find_figure({"waiting": rows, "data": {"users": 5}}, "waiting/a*/16/requests_per_second")
    20
    >>> find_figure({"data": {"users": 5}}, "data/users")
    5

    :raises NoFigure: it is not there, or was not measured.
    """
    first, *rest = path.split("/")
    found = results.get(first)
    if found is not None and first in ROWS:
        size = len(ROWS[first])
        found, rest = find_row(found, ROWS[first], rest[:size]), rest[size:]
    for key in rest:
        found = found.get(key) if isinstance(found, Mapping) else None
    if found is None:
        raise NoFigure(f"The kept results have no figure {path}.")
    return found


def find_row(rows: list[dict[str, Any]], keys: tuple[str, ...], patterns: list[str]) -> dict[str, Any] | None:
    """Find the row whose values match; of several, the one with the most requests per second."""
    fitting = [
        row
        for row in rows
        if all(fnmatchcase(str(row[key]), pattern) for key, pattern in zip(keys, patterns, strict=True))
    ]
    return max(fitting, key=lambda row: row.get("requests_per_second", 0), default=None)


def list_paths(text: str) -> list[str]:
    """List the paths in the placeholders of a text.

    >>> list_paths("It takes {times:candidates/fast/requests/ratio} the time.")
    ['candidates/fast/requests/ratio']
    """
    return [path for _, path in PLACEHOLDER.findall(text)]


def fill(text: str, results: Mapping[str, Any]) -> str:
    """Put the figures into a text.

    >>> fill("It takes {times:data/ratio} the time.", {"data": {"ratio": 0.298}})
    'It takes 0.30 times the time.'

    :raises NoFigure: a figure is not there.
    """
    return PLACEHOLDER.sub(lambda found: FORMATS[found[1]](find_figure(results, found[2])), text)


def fill_page(text: str, results: Mapping[str, Any]) -> str:
    """Put the figures into the Markdown of a page, but not into its code. What was not measured, the page says.

    >>> fill_page("A list takes {times:data/ratio}, written as `{times:data/ratio}`.", {"data": {}})
    'A list takes (not measured), written as `{times:data/ratio}`.'
    """

    def replace(found: re.Match[str]) -> str:
        try:
            return found[0] if found[0].startswith("`") else fill(found[0], results)
        except NoFigure:
            return "(not measured)"

    return re.sub(rf"`[^`\n]*`|{PLACEHOLDER.pattern}", replace, text)
