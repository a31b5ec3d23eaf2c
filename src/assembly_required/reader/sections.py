"""Split a Python file into sections: each function, class or method with what its docstring says."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .caching import keep_until_changed
from .parsing import parse

LONG = 30
"""Lines of a class from which its methods are sections of their own."""

STEP = re.compile(r"^\s*# step: (.+)$")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Section:
    """Some lines of a file that belong together.

    :param name: the name of what is defined, such as ``Store.publish``; empty for other code.
    :param start: the number of the first line.
    :param end: the number of the last line.
    :param prose: the docstring, or the text below a constant.
    :param hidden: the numbers of the lines that the prose takes up.
    :param steps: the names in comments such as ``# step: publish``.
    """

    name: str
    start: int
    end: int
    prose: str = ""
    hidden: range = range(0)
    steps: tuple[str, ...] = ()

    @property
    def short_name(self) -> str:
        """The name without that of the class.

        >>> Section("Store.publish", 1, 2).short_name
        'publish'
        """
        return self.name.rpartition(".")[2]


def split(text: str) -> list[Section]:
    """Split the text of a Python file. The docstring of the file is in no section.

    >>> [(each.name, each.start, each.end) for each in split("import os\\n\\n\\ndef read():\\n    return 1\\n")]
    [('', 1, 1), ('read', 4, 5)]
    """
    tree = parse(text)
    lines = text.splitlines()
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    start = tree.body[0].end_lineno or 0 if len(body) < len(tree.body) else 0
    return list(_split_body(body, "", start + 1, lines))


@keep_until_changed
def split_file(path: Path) -> list[Section]:
    """Split a Python file."""
    return split(path.read_text(encoding="utf-8"))


@keep_until_changed
def find_in_file(path: Path, name: str) -> Section | None:
    """Find a definition in a file."""
    return find(path.read_text(encoding="utf-8"), name)


def find(text: str, name: str) -> Section | None:
    """Find a function, a class, a method or a constant by its name, with its comments and decorators."""
    *outer, last = name.split(".")
    body: Sequence[ast.stmt] = parse(text).body
    for each in outer:
        body = next((node.body for node in body if isinstance(node, ast.ClassDef) and node.name == each), [])
    for node in body:
        if last in _names(node):
            return Section(name, _first_line(node, text.splitlines()), node.end_lineno or node.lineno)
    return None


def _split_body(body: Sequence[ast.stmt], prefix: str, start: int, lines: list[str]) -> Iterator[Section]:
    """Yield the sections of a module or class. ``start`` is the first line that no section has yet."""
    pending = 0  # the last line of code that has no name
    for node, following in zip(body, [*body, None][1:], strict=True):
        end = node.end_lineno or node.lineno
        about = _text_of(following) if not isinstance(node, Definition) and _names(node) else None
        if not isinstance(node, Definition) and about is None:
            pending = end
            continue
        if pending >= start:
            yield _make("", start, pending, lines)
            start = pending + 1
        if isinstance(node, ast.ClassDef) and _methods(node) and (end - node.lineno >= LONG or _has_step(node, lines)):
            yield from _split_class(node, prefix, start, lines)
        elif isinstance(node, Definition):
            yield _make(prefix + node.name, start, end, lines, node)
        elif following is not None and about is not None:
            end = following.end_lineno or following.lineno
            hidden = range(following.lineno, end + 1)
            yield _make(prefix + _names(node)[0], start, end, lines, prose=about, hidden=hidden)
        start = end + 1
        pending = 0
    if pending >= start:
        yield _make("", start, pending, lines)


def _split_class(node: ast.ClassDef, prefix: str, start: int, lines: list[str]) -> Iterator[Section]:
    first = _first_line(_methods(node)[0], lines) - 1
    yield _make(prefix + node.name, start, first, lines, node)
    rest = [each for each in node.body if each.lineno > first]
    yield from _split_body(rest, f"{prefix}{node.name}.", first + 1, lines)


def _make(
    name: str,
    start: int,
    end: int,
    lines: list[str],
    node: Definition | None = None,
    *,
    prose: str = "",
    hidden: range = range(0),
) -> Section:
    """Make a section without the blank lines around it."""
    while start < end and not lines[start - 1].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    if node and len(node.body) > 1 and (text := ast.get_docstring(node)):
        prose, hidden = text, range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    steps = tuple(found[1] for line in lines[start - 1 : end] if (found := STEP.match(line)))
    return Section(name, start, end, prose, hidden, steps)


def _has_step(node: ast.ClassDef, lines: list[str]) -> bool:
    return any(STEP.match(line) for line in lines[_methods(node)[0].lineno : node.end_lineno])


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef)]


def _text_of(node: ast.stmt | None) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return node.value.value
    return None


def _names(node: ast.stmt) -> list[str]:
    """Return the names that a statement defines."""
    if isinstance(node, Definition):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _first_line(node: ast.stmt, lines: list[str]) -> int:
    """Return the first line of a statement, with its decorators and the comment directly above."""
    decorators = node.decorator_list if isinstance(node, Definition) else []
    first = min([node.lineno, *(each.lineno for each in decorators)])
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    return first
