"""How the source is written."""

import ast
import re

from assembly_required.stack.slots import SLOTS
from tests.wiring.source import PACKAGE, modules

HEADINGS = ["In Django", "Here", "What it costs", "Next"]


def test_an_adapter_explains_itself_under_the_four_headings() -> None:
    trees = modules(PACKAGE / "adapters")
    options = [(slot.name, option.name) for slot in SLOTS.values() for option in slot.options]
    names = [f"{PACKAGE.name}.adapters.{slot}.{option}" for slot, option in options]
    failures = {name: headings_of(trees[name]) for name in names if headings_of(trees[name]) != HEADINGS}
    assert failures == {}


def headings_of(tree: ast.Module) -> list[str]:
    return re.findall(rf"^\*({'|'.join(HEADINGS)})\*", ast.get_docstring(tree) or "", re.MULTILINE)


def test_functions_are_short() -> None:
    failures = [
        f"{name}.{node.name}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and count_lines(node) > 45
    ]  # fmt: skip
    assert failures == []


def count_lines(function: ast.FunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    docstring = (ast.get_docstring(function) or "").splitlines()
    return (function.end_lineno or 0) - function.lineno + 1 - len(docstring)
