"""What the cases compare answers with.

*In Django* ``assertContains``, ``assertFormError``.

*Here* whole bodies are compared, so a field too many fails as a field too few does. What cannot be known beforehand
is compared by its form.

*What it costs*: a new field in an answer changes many cases, as it changes many clients.

*Next*: :mod:`assembly_required.contract.test_users`.
"""

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
    assert (answer.status, answer.json) == (status, {"errors": expected})


def ok(answer: Answer, status: int = 200) -> Any:
    """The answer is this success; its JSON."""
    assert answer.status == status, answer.body
    return answer.json
