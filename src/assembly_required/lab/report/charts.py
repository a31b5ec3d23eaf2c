"""The charts of what was measured in a process of its own: time per request, start, memory, sizes."""

from collections.abc import Mapping, Sequence
from typing import Any

from .bars import Bar, Chart, StackedChart, Table, divide
from .candidates import LIST, Candidate, get_timing, is_noise, list_kinds, list_notes
from .numbers import format_count, format_name, format_number, format_ratio, format_share, format_unit

SHOWN = ("stack", "peer", "example")
COSTS = (
    ("cold_start_ms", "Cold start", "ms", "From starting Python to the first answer."),
    ("memory_mib", "Memory", "MiB", "Of one process, after some requests."),
    ("packages", "Packages", "", "Distributions to install, with all that they need in turn."),
    ("megabytes", "Size on disk", "MB", "Of these packages."),
    (
        "lines",
        "Lines for the slots",
        "",
        "Code of one's own: of a stack its adapters, of a peer the files that do the same.",
    ),
)


def build_requests(result: Mapping[str, Any]) -> list[Chart]:
    """Build a chart for each request: CPU time as a ratio to the reference. Only the first shows the baselines."""
    kinds = {name: (*SHOWN, "baseline") if name == LIST else SHOWN for name in result["endpoints"]}
    charts = [build_request(name, list_kinds(result, *shown), result) for name, shown in kinds.items()]
    return [chart for chart in charts if chart.bars]


def build_request(name: str, candidates: Sequence[Candidate], result: Mapping[str, Any]) -> Chart:
    """Build the chart of one request."""
    request = result["endpoints"][name]
    timed = [each for each in candidates if get_timing(each, name)]
    lead = (
        f"{request['method']} {request['url']}. Its CPU time, divided by that of {result['reference']}; shorter is "
        "better. The thin line is the middle half of the rounds."
    )
    heads = ("Candidate", "µs", "Ratio", "Middle half", "Statements")
    table = Table(heads, [list_timing(each, name) for each in [*timed, *list_kinds(result, "control")]])
    bars = [build_timing(each, name, result) for each in timed]
    return Chart(f"request-{name.replace(' ', '-')}", f"CPU per request: {name}", lead, bars, table, mark=1)


def build_timing(candidate: Candidate, endpoint: str, result: Mapping[str, Any]) -> Bar:
    """Build the bar of one candidate for one request."""
    timing = get_timing(candidate, endpoint) or {}
    noise = is_noise(candidate, endpoint, result)
    return Bar(
        candidate["name"],
        timing["ratio"],
        format_ratio(timing["ratio"]),
        "alike" if noise else candidate["kind"],
        timing["low"],
        timing["high"],
        format_unit(timing["microseconds"], "µs"),
        (*list_notes(candidate, result["reference"]), *(["no measurable difference"] if noise else [])),
    )


def list_timing(candidate: Candidate, endpoint: str) -> tuple[str, ...]:
    """List the cells of one candidate for one request."""
    timing = get_timing(candidate, endpoint) or {}
    return (
        candidate["name"],
        format_number(timing.get("microseconds")),
        format_ratio(timing.get("ratio")),
        f"{format_ratio(timing.get('low'))} to {format_ratio(timing.get('high'))}",
        format_count(timing.get("statements")),
    )


def build_costs(result: Mapping[str, Any]) -> list[Chart]:
    """Build the charts of what a candidate costs besides time per request."""
    candidates = list_kinds(result, "stack", "peer")
    return [
        build_cost(key, title, unit, lead, candidates, result)
        for key, title, unit, lead in COSTS
        if any(each[key] is not None for each in candidates)
    ]


def build_cost(
    key: str, title: str, unit: str, lead: str, candidates: Sequence[Candidate], result: Mapping[str, Any]
) -> Chart:
    """Build the chart of one cost."""
    bars = [
        Bar(
            each["name"],
            each[key],
            format_unit(each[key], unit) if unit else format_count(each[key]),
            each["kind"],
            notes=list_notes(each, result["reference"]),
        )
        for each in candidates
    ]
    table = Table(("Candidate", title), [(bar.label, bar.text) for bar in bars])
    return Chart(f"cost-{key.replace('_', '-')}", title, f"{lead} Shorter is better.", bars, table)


def build_shares(result: Mapping[str, Any]) -> StackedChart | None:
    """Build the chart that shows where the time of a list request goes, or return ``None`` if that is not known."""
    candidates = [each for each in list_kinds(result, *SHOWN) if each.get("shares")]
    if not candidates:
        return None
    parts = list(dict.fromkeys(part for each in candidates for part in each["shares"]))
    shares = {each["name"]: {part: each["shares"].get(part, 0.0) for part in parts} for each in candidates}
    rows = [(name, *(format_share(share) for share in each.values())) for name, each in shares.items()]
    bars = [divide(each["name"], shares[each["name"]], list_notes(each, result["reference"])) for each in candidates]
    return StackedChart(parts, bars, Table(("Candidate", *map(format_name, parts)), rows))
