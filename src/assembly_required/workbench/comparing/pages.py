"""The page ``/workbench/compare``."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from ...conduit.operations import operations
from ...reader.highlighting import highlight_text
from ...stack.assembly import Choice
from ...stack.slots import ConfigError
from ..links import link_place, shorten_module
from ..pool import Pool
from ..recording.history import History
from ..recording.model import Place
from ..sides import SideError, read_side, write_side
from .answers import compare_answers
from .asking import Question, QuestionError, read_question
from .functions import compare_functions, pick
from .queries import compare_queries
from .running import Result, run_live, run_on_copies
from .sources import compare_sources
from .stacks import compare_needs, find_swapped
from .suggesting import suggest_other, suggest_paths, suggest_stacks
from .ways import compare_ways


@dataclass(frozen=True)
class Asked:
    """The form of the page, as it was sent.

    :param problems: why the request cannot be run.
    """

    left: str = ""
    right: str = ""
    path: str = "/"
    method: str = "GET"
    operation: str = ""
    body: str = ""
    problems: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "Asked":
        """Read it from a query or a form."""
        path, method = sent.get("path", "").strip() or "/", sent.get("method", "").strip().upper() or "GET"
        left, right = sent.get("left", "").strip(), sent.get("right", "").strip()
        return cls(left, right, path, method, sent.get("operation", "").strip(), sent.get("body", "").strip())


def add_comparing(desk: Flask, pool: Pool, history: History, has_tutorial: bool) -> None:
    """Add the page.

    :param has_tutorial: whether functions link to the tutorial.
    """

    @desk.route("/workbench/compare", methods=["GET", "POST"])
    def compare() -> ResponseReturnValue:
        """Compare. What was written as JSON comes by POST, so that no password gets into an address."""
        used = choose_used(pool)
        asked = Asked.read(request.form if request.method == "POST" else request.args)
        is_asked = request.method == "POST" or not request.args.keys().isdisjoint(("left", "right"))
        found = run_asked(pool, asked) if is_asked else {}
        page = render_template(
            "compare.html",
            asked=asked,
            is_asked=is_asked,
            other=suggest_other(used),
            stacks=suggest_stacks(used),
            paths=suggest_paths(history, g.chosen.id, request.script_root),
            operations=operations,
            link=make_link(request.script_root, has_tutorial),
            has_tutorial=has_tutorial,
            module=shorten_module,
            **found,
        )
        return (page, 422) if asked.problems else page


def choose_used(pool: Pool) -> Choice:
    """Return what this browser uses. If it is no longer possible, it is what the configuration says."""
    try:
        return pool.choose(g.chosen.choices)
    except ConfigError:
        return pool.choose({})


def make_link(root: str, has_tutorial: bool) -> Callable[[Place | None], str]:
    """Make a function that returns the URL of a place in the tutorial; empty without one."""

    def link(place: Place | None) -> str:
        return link_place(root, place) if has_tutorial else ""

    return link


def run_asked(pool: Pool, asked: Asked) -> dict[str, Any]:
    """Run what was asked, and return what the page shows of it. What does not work is noted as a problem."""
    with ExitStack() as lent:
        try:
            question = read_question(asked.path, asked.method, asked.operation, asked.body)
            sides = [read_side(text, g.chosen.choices) for text in (asked.left, asked.right)]
            apps = [lent.enter_context(pool.lend(side)) for side in sides]
        except (SideError, QuestionError) as error:
            asked.problems.append(str(error))
        except ConfigError as error:
            asked.problems.extend(error.problems)
        else:
            return compare_sides(apps, question)
    return {}


def compare_sides(apps: list[Flask], question: Question) -> dict[str, Any]:
    """Send a request to both sides, and compare all that was recorded."""
    results = (run_on_copies if question.operation else run_live)(apps, question, request.environ)
    recordings = [each.recording for each in results]
    functions = compare_functions(*(each.calls for each in results))
    return {
        "question": question,
        "names": [write_side(app) for app in apps],
        "results": results,
        "answers": compare_answers(*results),
        "ways": compare_ways(*recordings),
        "queries": compare_queries(recordings),
        "highlight": highlight_text,
        "functions": {side: pick(functions, side) for side in ("left", "right", "both")},
        **compare_code(apps, results),
    }


def compare_code(apps: list[Flask], results: list[Result]) -> dict[str, Any]:
    """Compare the code of two stacks: what was swapped, what it needs, and what of it ran."""
    left, right = apps
    calls = [each.calls for each in results]
    swapped = find_swapped(left, right)
    return {
        "swapped": swapped,
        "needs": compare_needs(left, right, swapped),
        "sources": {
            each.slot.name: compare_sources(each.slot.name, calls, (each.left.name, each.right.name))
            for each in swapped
        },
    }
