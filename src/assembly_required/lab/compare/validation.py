"""Compare the options of the validation slot alone: load an article, and dump a page of twenty.

All options get the same input, and their results are compared before they are timed. Validation is a small part of a
request, so the ranking is not a ranking of stacks.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from flask import Flask

from ...conduit.examples import EXAMPLES
from ...conduit.model import Article, Profile
from ...stack.interfaces import Validation
from ...stack.slots import SLOTS
from .endpoints import Different
from .measure import Tick, Timing, calls, time_blocks

AT = datetime(2026, 2, 18, 3, 22, 56, 637000)
AUTHOR = Profile(1, "ada", "Writes about engines.", None, following=True)
PAGE = {
    "articles": [
        Article(number, f"an-article-{number}", "An article", "About it", None, ["one", "two"], AT, AT, True, 3, AUTHOR)
        for number in range(20)
    ],
    "articles_count": 1_000,
}

JOBS: Mapping[str, tuple[Callable[[Validation], Callable[[Any], Any]], Any]] = {
    "load an article": (lambda option: option.loader("NewArticle"), EXAMPLES["NewArticle"]),
    "dump a page of 20": (lambda option: option.dumper("Articles"), PAGE),
}

Ranking = Mapping[str, Timing]
"""The times by the name of the option, fastest first. The ratios are relative to ``plain``."""


def rankings(rounds: int, tick: Tick = lambda: None) -> dict[str, Ranking]:
    """Time each installed option for each job. ``plain`` is timed twice, as a control.

    :raises Different: two options return different results.
    """
    options = dict(installed())
    return {job: _rank(job, options, rounds, tick) for job in JOBS}


def installed() -> Iterator[tuple[str, Validation]]:
    """Yield the installed options, ``plain`` first and a second time as the control."""
    slot = SLOTS["validation"]
    for option in sorted(slot.options, key=lambda option: option.name != "plain"):
        if not option.missing():
            build = import_module(f"assembly_required.adapters.validation.{option.name}").build
            yield option.name, build(Flask(__name__))
            if option.name == "plain":
                yield "plain again", build(Flask(__name__))


def _rank(job: str, options: Mapping[str, Validation], rounds: int, tick: Tick) -> Ranking:
    pick, argument = JOBS[job]
    functions = {name: pick(option) for name, option in options.items()}
    expected = functions["plain"](argument)
    for name, function in functions.items():
        if function(argument) != expected:
            raise Different(f"{name!r} does not {job} as 'plain' does.")
    timings = time_blocks([partial(calls, function, argument) for function in functions.values()], rounds, tick)
    return dict(sorted(zip(functions, timings, strict=True), key=lambda pair: pair[1].microseconds))
