"""Check an adapter from another package against the interface of its slot, by names and signatures."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any


def find_mismatches(built: object, interface: type) -> Iterator[str]:
    """Yield a sentence for each thing that keeps an object from being used through an interface."""
    for name, member in vars(interface).items():
        if name.startswith("_"):
            continue
        if name not in dir(built):
            yield f"it has no {_describe(name, member)}"
        elif inspect.isfunction(member):
            method = getattr(built, name)
            if not callable(method):
                yield f"{name!r} is not a method: the interface has {_describe(name, member)}"
            elif not _accepts(method, member):
                yield f"its {name}{inspect.signature(method)} cannot be called as {_describe(name, member)}"


def accepts(function: Any, *values: object) -> bool:
    """Check whether a function can be called with these positional arguments."""
    try:
        inspect.signature(function).bind(*values)
    except TypeError:
        return False
    return True


def _describe(name: str, member: object) -> str:
    if not inspect.isfunction(member):
        return f"attribute {name!r}"
    signature = inspect.signature(member)
    parameters = [each.replace(annotation=each.empty) for each in list(signature.parameters.values())[1:]]
    return f"{name}{signature.replace(parameters=parameters, return_annotation=signature.empty)}"


def _accepts(method: Any, member: Any) -> bool:
    """Check that all calls the interface allows are possible: by position, by name, and without defaults."""
    parameters = list(inspect.signature(member).parameters.values())[1:]
    named = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    more = {"anything": None} if any(each.kind is each.VAR_KEYWORD for each in parameters) else {}
    signature = inspect.signature(method)
    try:
        signature.bind(*(None for _ in named), **more)
        signature.bind(**{each.name: None for each in named}, **more)
        signature.bind(**{each.name: None for each in named if each.default is each.empty})
    except TypeError:
        return False
    return True
