"""Checks of responses.

Whole bodies are compared, so an additional field fails as well as a missing one. A value that is not known in advance
is compared with a pattern.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from .client import Answer


class Form:
    """Equal to every text that matches a regular expression."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and bool(self._pattern.fullmatch(other))

    def __hash__(self) -> int:
        return hash(self._pattern)

    def __repr__(self) -> str:
        return f"<a text of the form {self._pattern.pattern}>"


class WholeNumber:
    """Equal to every ``int``, but not to a ``bool``, a float or a text."""

    def __eq__(self, other: object) -> bool:
        return type(other) is int

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "<a whole number>"


TOKEN = Form(r"\S+")
SLUG = Form(r"[^\s/?#A-Z]+")
TIMESTAMP = Form(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z")
ID = WholeNumber()


def expect_error(answer: Answer, status: int, **errors: str | list[str]) -> None:
    """Check that a response has this status and exactly these errors."""
    expected = {key: text if isinstance(text, list) else [text] for key, text in errors.items()}
    if (answer.status, answer.json) != (status, {"errors": expected}):
        raise AssertionError(f"expected {status} {json.dumps({'errors': expected})}\n{answer.exchange()}")


def ok(answer: Answer, status: int = 200) -> Any:
    """Check that a response has this status, and return its JSON."""
    if answer.status != status:
        raise AssertionError(f"expected {status}\n{answer.exchange()}")
    return answer.json


def expect_each(check: Callable[..., None], cases: Iterable[tuple[Any, ...]]) -> None:
    """Run a check on every case, and fail once with all cases that fail.

    One test with many cases takes a fraction of the time that one test for each case takes.
    """
    failures = []
    for case in cases:
        try:
            check(*case)
        except AssertionError as failure:
            failure.add_note(f"case: {case!r:.200}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{check.__qualname__}: {len(failures)} cases fail", failures)
