"""Describe a decision as JSON values, from which ``flask choose`` also prints its text."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution
from typing import Any

from ...reader.figures import NoFigure, fill, find_figure
from ...stack.slots import SLOTS
from ..health import list_packages, read_table
from ..peers import PEERS
from ..serve.waiting.ways import WAYS
from ..weight import PROJECT, list_requirements
from .composing import CONNECTIONS, DATABASE_URLS, compose
from .deciding import Decision, find_changes
from .evidence import list_evidence
from .rules import FRAMEWORKS, Rule

Description = dict[str, Any]

ASYNC = ("hundreds", "thousand")
"""With so many requests that wait, FastAPI is written with ``async def``."""


def describe(decision: Decision, results: Mapping[str, Any], without: Iterable[str] = ()) -> Description:
    """Describe a decision."""
    second = decision.runner_up
    machine = results["machine"]
    return {
        "answers": dict(decision.answers),
        "answer": describe_framework(decision.framework, decision, results),
        "tie": decision.is_tie,
        "runner_up": second
        and {
            **describe_framework(second, decision, results),
            "wins_if": find_changes(decision, results, without),
        },
        "ruled_out": [
            {
                "framework": name,
                "name": FRAMEWORKS[name],
                "reasons": [describe_rule(rule, results) for rule in rules],
            }
            for name, rules in decision.list_vetoes().items()
        ],
        "points": dict(decision.ranking),
        "measured": {"date": results["measured"], "machine": machine, "command": results["command"]},
    }


def describe_framework(name: str, decision: Decision, results: Mapping[str, Any]) -> Description:
    """Describe a framework: how to take it, and what is for and against it."""
    how = describe_stack(decision, results) if name == "flask" else describe_peer(name, decision, results)
    reasons = decision.list_reasons(name)
    return {
        "framework": name,
        "name": FRAMEWORKS[name],
        **how,
        "health": describe_health(how["packages"]),
        "reasons": [describe_rule(rule, results, name) for rule in reasons if rule.points[name] > 0],
        "against": [describe_rule(rule, results, name) for rule in reasons if rule.points[name] < 0],
    }


def describe_stack(decision: Decision, results: Mapping[str, Any]) -> Description:
    """Describe the Flask stack of a decision, with the reasons for each of its options."""
    stack = compose(decision, results)
    parts = [(f"{slot}={option}", rule) for slot, option, rule in list_part_reasons(stack.options, decision)]
    return {
        "stack": dict(stack.options),
        "packages": list_stack_packages(stack.options),
        "config": stack.config,
        "choice": stack.choice,
        "commands": stack.commands,
        "parts": [{"option": option, **describe_rule(rule, results)} for option, rule in parts],
    }


def list_part_reasons(options: Mapping[str, str], decision: Decision) -> Iterator[tuple[str, str, Rule]]:
    """List the rules for each option of a stack."""
    for slot, option in options.items():
        for rule in decision.list_reasons(f"{slot}={option}"):
            yield slot, option, rule


def list_stack_packages(options: Mapping[str, str]) -> list[str]:
    """List the packages that the options of a stack name, without what these need in turn."""
    chosen = [SLOTS[slot].option(option) for slot, option in options.items()]
    found = ["flask", *(name for option in chosen if option.modules for name in list_packages(option.extra))]
    return list(dict.fromkeys(found))


def describe_peer(framework: str, decision: Decision, results: Mapping[str, Any]) -> Description:
    """Say which packages the blog on another framework needs, and how to run it."""
    waiting, database = decision.answers["waiting"], decision.answers["database"]
    waits = framework == "fastapi" and waiting in ASYNC
    peer = PEERS["fastapi_async" if waits else framework]
    extras = [peer.extra, *(["postgresql"] if database == "postgresql" else [])]
    packages = [name for extra in extras for name in list_packages(extra)]
    client = [name for name in find_client(waiting, results) if name not in packages] if waits else []
    asked = [name for extra in extras for name in list_asked(extra)]
    url = f"DATABASE_URL={DATABASE_URLS[database]}_{peer.name} " if database in DATABASE_URLS else ""
    return {
        "written_with": "async def" if waits else "def",
        "packages": [*packages, *client],
        "install": f"pip install {shlex.join([*asked, *client])}",
        "commands": [
            f"pip install -e '.[{','.join(extras)}]'",
            *([f"createdb {url.rpartition('/')[2].strip()}"] if url else []),
            f"{url}flask peers setup {peer.name} --demo",
            f"{url}flask peers run {peer.name}",
        ],
        "source": f"src/assembly_required/peers/{peer.name}",
    }


def list_asked(extra: str) -> list[str]:
    """List the packages of an extra with the extras of their own that it asks for.

    >>> list_asked("postgresql")
    ['psycopg[binary,pool]']
    """
    return [
        f"{each.name}[{','.join(sorted(each.extras))}]" if each.extras else each.name
        for each in list_requirements(distribution(PROJECT), extra)
    ]


def find_client(waiting: str, results: Mapping[str, Any]) -> tuple[str, ...]:
    """Find the packages with which FastAPI answered most requests that wait."""
    try:
        name = find_figure(results, f"waiting/FastAPI, async*/{CONNECTIONS[waiting]}/way")
    except NoFigure:
        return ()
    return next((way.modules for way in WAYS if way.name == name), ())


def describe_health(packages: Iterable[str]) -> Description:
    """Describe how well packages are maintained, as the dated table of ``flask stack health`` has it."""
    table = read_table()
    rows = {name: table.packages[name] for name in packages if name in table.packages}
    return {
        "gathered": table.gathered.isoformat(),
        "packages": {
            name: {
                "version": row.version,
                "released": row.released.isoformat(),
                "maintenance": row.describe_maintenance(table.gathered),
                "advisories": list(row.advisories),
            }
            for name, row in rows.items()
        },
    }


def describe_rule(rule: Rule, results: Mapping[str, Any], name: str = "") -> Description:
    """Describe a rule as a reason: its sentence with the figures, its points, and its evidence."""
    return {
        "sentence": fill(rule.sentence, results),
        "points": rule.points.get(name),
        "evidence": list_evidence(rule, results),
    }
