"""Write the skeleton of an adapter from the interface of its slot."""

import ast
import inspect
from functools import cache

from ..stack.interfaces import INTERFACES
from .parsing import parse
from .places import find_module

HEAD = "from __future__ import annotations\n\nfrom flask import Flask\n"


def find_interface(slot: str) -> tuple[str, str] | None:
    """Return the module and the name of the interface of a slot; ``None`` if its adapters only have ``build``."""
    interface = INTERFACES.get(slot)
    return (interface.__module__.partition(".")[2], interface.__name__) if interface else None


@cache
def write_skeleton(slot: str, option: str) -> str:
    """Write the source of an adapter in which every method is there, but none is filled in.

    :param option: the built-in option whose function ``build`` shows which parts of the app it gets.
    """
    path = find_module(f"adapters.{slot}.{option}")
    tree = parse(path.read_text(encoding="utf-8") if path else "")
    build = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "build")
    interface = INTERFACES.get(slot)
    if interface is None:
        return f"{HEAD}\n\n{_empty(build)}\n"
    (shape,) = parse(inspect.getsource(interface)).body
    if not isinstance(shape, ast.ClassDef):
        raise TypeError(f"{interface} is not a class.")
    name = f"My{shape.name}"
    methods = [_empty(node) for node in shape.body if isinstance(node, ast.FunctionDef)]
    attributes = [ast.unparse(node) for node in shape.body if isinstance(node, ast.AnnAssign)]
    body = "\n\n".join(["\n".join(attributes)] * bool(attributes) + methods)
    indented = "\n".join(f"    {line}" if line else "" for line in body.splitlines())
    arguments = ast.unparse(build.args)
    return f"{HEAD}\n\nclass {name}:\n{indented}\n\n\ndef build({arguments}) -> {name}:\n    return {name}()\n"


def _empty(function: ast.FunctionDef) -> str:
    """Write a function whose body only says what is to be done."""
    text = (ast.get_docstring(function) or "").splitlines()
    if text:
        text = [f'    """{text[0]}', *(f"    {line}".rstrip() for line in text[1:])]
        text = [f'{text[0]}"""'] if len(text) == 1 else [*text, '    """']
    decorators = [f"@{ast.unparse(each)}" for each in function.decorator_list]
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    signature = f"def {function.name}({ast.unparse(function.args)}){returns}:"
    return "\n".join([*decorators, signature, *text, "    raise NotImplementedError"])
