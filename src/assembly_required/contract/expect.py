"""What the cases compare answers with.

Whole bodies are compared, so an additional field fails like a missing one. A value that cannot be known in advance is
compared by its form.
"""

import json
import re
from typing import Any

from .client import Answer


class Form:
    """Equal to every text of this form."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and bool(self._pattern.fullmatch(other))

    def __hash__(self) -> int:
        return hash(self._pattern)

    def __repr__(self) -> str:
        return f"<a text of the form {self._pattern.pattern}>"


class WholeNumber:
    """Equal to every integer, and to nothing that merely looks like one."""

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


def refused(answer: Answer, status: int, **errors: str | list[str]) -> None:
    """The answer is this refusal, and nothing else."""
    expected = {key: said if isinstance(said, list) else [said] for key, said in errors.items()}
    if (answer.status, answer.json) != (status, {"errors": expected}):
        raise AssertionError(f"expected {status} {json.dumps({'errors': expected})}\n{answer.exchange()}")


def ok(answer: Answer, status: int = 200) -> Any:
    """The answer is this success; its JSON."""
    if answer.status != status:
        raise AssertionError(f"expected {status}\n{answer.exchange()}")
    return answer.json
