"""Parse Python, one thread at a time.

Some versions of Python 3.11 fail with a SystemError when two threads parse at the same time.

Source: https://github.com/python/cpython/issues/106905
"""

import ast
from functools import lru_cache
from pathlib import Path
from threading import RLock

from .caching import keep_until_changed

ONE_AT_A_TIME = RLock()
"""Hold it also while an app is built and others may be parsing: Werkzeug parses Python for each route."""


@lru_cache(20)
def parse(text: str) -> ast.Module:
    """Parse the text of a module. The result may be shared, so it must not be changed."""
    with ONE_AT_A_TIME:
        return ast.parse(text)


def parse_expression(text: str) -> ast.expr:
    """Parse an expression.

    :raises SyntaxError: it is none.
    """
    with ONE_AT_A_TIME:
        return ast.parse(text, mode="eval").body


@keep_until_changed
def read_file_docstring(path: Path) -> str:
    """Read the docstring of a module; empty if it has none."""
    return ast.get_docstring(parse(path.read_text(encoding="utf-8"))) or ""
