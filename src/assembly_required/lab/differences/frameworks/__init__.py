"""What other frameworks answer to the same inputs, left alone: as their own documentation shows them.

A framework has a package here, with a module for each slot that it has an answer for. The function ``answer`` of such a
module returns values for JSON. It runs in a process of its own, because Django's settings are process-wide.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from ....stack.packages import format_install
from ..apart import run_apart

FRAMEWORKS = {"rest_framework": "peer-django", "fastapi": "peer-fastapi"}
"""The extra that installs each framework. A framework has the name of its package."""

NO_ANSWER = {
    "validation": {
        "rest_framework": "the column 'django' has its serializers; the table 'docs' has what its views make of them",
        "fastapi": "it validates with pydantic, which has a column; the table 'docs' has what it makes of that",
    },
    "forms": {
        "rest_framework": "it has serializers; the column 'django' has the forms of Django",
        "fastapi": "it reads fields with Form(), and renders nothing and brings no CSRF token",
    },
    "limits": {"fastapi": "it brings no limits; its users take a package, such as slowapi"},
    "mail": {
        "rest_framework": "it leaves mail to Django, which has the column 'django'",
        "fastapi": "it brings no mail; its users take a package, such as fastapi-mail",
    },
}
"""Why a framework is not in the tables of a slot."""


def ask_all(slot: str, absent: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield the name and the answer of each framework that has one. Add the others to ``absent``, with the reason."""
    for name, extra in FRAMEWORKS.items():
        if name in NO_ANSWER.get(slot, ()):
            absent[name] = NO_ANSWER[slot][name]
        elif find_spec(name) is None:
            absent[name] = f"not installed: {format_install(extra)}"
        else:
            yield name, run_apart(f"{__name__}.child", name, slot)
