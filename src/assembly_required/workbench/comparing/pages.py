"""The page ``/workbench/compare``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from ...conduit.operations import operations
from ...reader.highlighting import highlight_text
from ...stack.slots import SLOTS, ConfigError
from ...stack.stacks import STACKS
from ..links import PREFIX, link_place
from ..pool import Pool
from ..recording.history import History
from ..recording.model import Place
from ..sides import SideError, read_side, write_side
from ..statements import group_statements
from .answers import diff_bodies, diff_headers, sum_phases
from .asking import Question, QuestionError, read_question
from .functions import compare_functions, find_sources
from .running import run, run_on_copy
from .stacks import find_swapped

PATHS = ("/", "/api/articles?limit=20", "/api/tags", "/docs/openapi.json", "/no-such-page")
"""Requests to begin with."""


@dataclass(frozen=True)
class Asked:
    """The form of the page, as it was sent."""

    left: str = ""
    right: str = ""
    path: str = "/"
    operation: str = ""
    body: str = ""
    problems: list[str] = field(default_factory=list)


def add_comparing(desk: Flask, pool: Pool, history: History, has_tutorial: bool) -> None:
    """Add the page.

    :param has_tutorial: whether functions link to the tutorial.
    """

    @desk.get("/workbench/compare")
    def compare() -> ResponseReturnValue:
        names = ("left", "right", "path", "operation", "body")
        given: dict[str, Any] = {name: request.args[name] for name in names if request.args.get(name)}
        asked = Asked(**given)
        found: dict[str, Any] = {}
        if "left" in request.args or "right" in request.args:
            try:
                question = read_question(asked.path, asked.operation, asked.body)
                found = compare_sides(pool, question, asked)
            except (SideError, QuestionError) as error:
                asked.problems.append(str(error))
            except ConfigError as error:
                asked.problems.extend(error.message.split("\n\n"))
        page = render_template(
            "compare.html",
            asked=asked,
            choices=list_choices(),
            paths=list_paths(history),
            operations=operations,
            link=make_link(request.script_root) if has_tutorial else None,
            **found,
        )
        return (page, 422) if asked.problems else page


def compare_sides(pool: Pool, question: Question, asked: Asked) -> dict[str, Any]:
    """Send a request to both sides, and compare all that was recorded.

    :raises SideError: a side is not written as it has to be.
    :raises ConfigError: its options do not fit together.
    """
    apps = [pool.get(read_side(text, g.chosen.choices)) for text in (asked.left, asked.right)]
    ask = run_on_copy if question.operation else run
    results = [ask(app, question, request.environ) for app in apps]
    recordings = [each.recording for each in results]
    functions, lines = compare_functions(*recordings), diff_bodies(*results)
    return {
        "question": question,
        "names": [write_side(app) for app in apps],
        "results": results,
        "headers": diff_headers(*results),
        "body": highlight_text("\n".join(lines), "diff") if lines else "",
        "phases": sum_phases(*recordings),
        "highlight": highlight_text,
        "groups": [group_statements(each) for each in recordings],
        "functions": functions,
        "sources": find_sources(functions),
        "swapped": find_swapped(*apps),
    }


def make_link(root: str) -> Callable[[str, str], str]:
    """Return a function that returns the URL of the code of a function in the tutorial.

    :param root: the path prefix of the app.
    """
    return lambda module, name: link_place(root, Place(f"{PREFIX}{module}", name, 0))


def list_choices() -> list[str]:
    """List what a side may be: the named stacks, and each option of each slot."""
    return [*STACKS, *(f"{slot.name}={name}" for slot in SLOTS.values() for name in slot.names)]


def list_paths(history: History) -> list[str]:
    """List the paths that this browser has requested lately, and some to begin with."""
    recent = [
        f"{each.path}?{each.query}" if each.query else each.path
        for each in history.list(g.chosen.id)
        if each.method == "GET"
    ]
    return list(dict.fromkeys([*recent, *PATHS]))[:20]
