"""The results of a comparison as tables and sentences, for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from .findings import PARTS, Results, label

NOTHING = ""


def render_summary(results: Results) -> Iterator[RenderableType]:
    """Yield one table with a row for each candidate, and what follows from it."""
    yield Text(describe(results))
    yield render_candidates(results)
    yield Text()
    for name, why in results["not_measured"].items():
        yield Text(f"Not measured: {name}. {why}")
    for finding in results["findings"]:
        yield Text(f"- {finding['sentence']}")


def render_details(results: Results) -> Iterator[RenderableType]:
    """Yield a table for each endpoint, and one that says where the time of a list goes."""
    for name, endpoint in results["endpoints"].items():
        yield Text(f"\n{name}: {endpoint['method']} {endpoint['url']}", "bold")
        yield render_endpoint(results, name)
    yield Text("\nWhere the CPU time of a list goes, from samples of the stack", "bold")
    yield render_shares(results)
    yield Text("\nThe rules that made the sentences above, and when each of them applies", "bold")
    for rule, condition in {each["rule"]: each["condition"] for each in results["findings"]}.items():
        yield Text(f"- {rule}: {condition}.")


def describe(results: Results) -> str:
    """Say what was measured, and how."""
    data, effort = results["data"], results["effort"]
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[data["database"]]
    return (
        f"{data['articles']:,} articles, {data['users']:,} users, {database}; {effort['rounds']} rounds of "
        f"{effort['requests_per_block']} requests to each of {len(results['endpoints'])} endpoints.\n"
        f"CPU time in the application's process, without a server, as a ratio to {results['reference']}: 2 is twice as "
        f"much. Memory after {effort['requests_before_memory']:,} requests.\n"
    )


def render_candidates(results: Results) -> Table:
    """Return the table of all candidates."""
    table = create_table(
        [
            "candidate",
            "CPU time of\nall requests:\nratio",
            "middle half\nof the rounds",
            "CPU time\nof a list:\nratio",
            "SQL\nstatements\nof a list",
            "cold\nstart",
            "memory",
            "packages",
            "size of\nall\npackages",
            "lines of\ncode for\nthe slots",
        ]
    )
    for row in results["candidates"]:
        of_list = row["endpoints"].get("list")
        table.add_row(
            name_row(row),
            format_number(row["requests"] and row["requests"]["ratio"], ".2f"),
            format_range(row["requests"]),
            format_number(of_list and of_list["ratio"], ".2f"),
            format_number(of_list and of_list["statements"], "d"),
            format_number(row["cold_start_ms"], ",.0f", " ms"),
            format_number(row["memory_mib"], ".0f", " MiB"),
            format_number(row["packages"], "d"),
            format_number(row["megabytes"], ".1f", " MB"),
            format_number(row["lines"], ",d"),
        )
    return table


def render_endpoint(results: Results, endpoint: str) -> Table:
    """Return the table of one endpoint."""
    table = create_table(["candidate", "CPU time", "ratio", "middle half\nof the rounds", "SQL\nstatements"])
    for row in results["candidates"]:
        if endpoint in row["endpoints"]:
            found = row["endpoints"][endpoint]
            table.add_row(
                name_row(row),
                format_number(found["microseconds"], ",.0f", " µs"),
                format_number(found["ratio"], ".2f"),
                format_range(found),
                format_number(found["statements"], "d"),
            )
    return table


def render_shares(results: Results) -> Table:
    """Return the table of where the CPU time of a list goes."""
    table = create_table(["candidate", *(name.replace(" ", "\n", 2) for name in PARTS.values())])
    for row in results["candidates"]:
        if row["shares"]:
            table.add_row(name_row(row), *(format_number(row["shares"][part], ".0%") for part in PARTS))
    return table


def create_table(columns: Sequence[str]) -> Table:
    """Create a table whose first column holds names and whose others hold numbers."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    first, *others = columns
    table.add_column(first, style="cyan", no_wrap=True)
    for each in others:
        table.add_column(each, justify="right")
    return table


def name_row(row: dict[str, Any]) -> str:
    """Return the name of a row; that of the control says what it is."""
    return f"{row['name']} (control)" if row["kind"] == "control" else label(row)


def format_range(ratio: dict[str, float] | None) -> str:
    """Format the middle half of the rounds.

    >>> format_range({"low": 0.5, "high": 0.75})
    '0.50 to 0.75'
    """
    return f"{ratio['low']:.2f} to {ratio['high']:.2f}" if ratio else NOTHING


def format_number(number: float | None, form: str, unit: str = "") -> str:
    """Format a number, or nothing if it was not measured.

    >>> format_number(1234, ",d", " ms"), format_number(None, "d")
    ('1,234 ms', '')
    """
    return NOTHING if number is None else f"{number:{form}}{unit}"
