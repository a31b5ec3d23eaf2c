"""Check an adapter from outside against the interface of its slot, by names and signatures."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any


def find_mismatches(built: object, interface: type) -> Iterator[str]:
    """What an object lacks to be used through an interface, each as "has no ..." or "its ... takes ..."."""
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
    """Whether a function can be called with these positional arguments."""
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
    """Whether every call that the interface allows is possible: by position, by name, without what has a default."""
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
