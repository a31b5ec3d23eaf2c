"""Check authentication (401), existence (404) and permission (403), in this order, before the payload is read.

The guard is the outermost decorator on every stack. It passes what it loaded to the handler.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial, update_wrapper, wraps
from typing import Any

from flask import current_app

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Store, Tokens
from ...conduit.model import User
from ...conduit.operation import Operation
from ..signals import phase_started

View = Callable[..., Any]


@dataclass(frozen=True)
class Bound:
    """An operation of one app.

    :param operation: its definition.
    :param call: its handler, with the parts of the app that its signature names in place.
    :param guard: a decorator for views that take what the path names, as Flask passes it; the view behind it gets the
        viewer, their token and what was found instead, as far as the handler's signature names them.
    """

    operation: Operation
    call: View
    guard: Callable[[View], View]


def bind(operation: Operation, **parts: Any) -> Bound:
    """Give an operation the parts of one app.

    :raises TypeError: a parameter of the handler, or of what it finds, has a name that nothing provides.
    """
    _check_names(operation, set(parts))
    call = _announce_phases(_with_parts(operation.handler, parts))
    finds = [
        (name, [each for each in _names(find) if each not in parts], _with_parts(find, parts))
        for name, find in operation.finds.items()
    ]
    known = {"viewer", "token", *operation.finds, *_path_names(operation)}
    wanted = [name for name in _names(operation.handler) if name in known]
    recognise = partial(_viewer, store=parts["store"], tokens=parts["tokens"], required=operation.caller == "user")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **path: Any) -> Any:
            viewer, token = None, None
            if operation.caller != "anyone":
                _announce("authentication")
                viewer, token = recognise()
            scope = {"viewer": viewer, "token": token, **path}
            if finds:
                _announce("look-up")
            for name, takes, find in finds:
                scope[name] = find(**{each: scope[each] for each in takes})
            _announce("validation")
            return view(*args, **{name: scope[name] for name in wanted})

        return guarded

    return Bound(operation, call, guard)


def _check_names(operation: Operation, parts: set[str]) -> None:
    """Check the parameters without a default; the fields of a query have one, and the payload comes by position."""
    known = {*parts, "viewer", "token", *_path_names(operation)}
    for name, find in operation.finds.items():
        _check_parameters(find, _required(find), known)
        known.add(name)
    required = _required(operation.handler)
    _check_parameters(operation.handler, required[1:] if operation.takes else required, known)


def _check_parameters(function: View, required: list[str], known: set[str]) -> None:
    for name in required:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            hint = f" Did you mean {meant[0]!r}?" if meant else ""
            raise TypeError(
                f"{function.__module__}.{function.__qualname__} has a parameter {name!r}, which nothing provides.\n"
                f"Rename it to one of {', '.join(sorted(known))}, or give it a default.{hint}"
            )


def _required(function: View) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.default is each.empty]


def _viewer(store: Store, tokens: Tokens, required: bool) -> tuple[User | None, str | None]:
    """Load the user of the token, and return both.

    :raises Unauthorized: a required token is missing, or its user no longer exists or has another generation.
    """
    caller = tokens.caller()
    if caller is None:
        if required:
            raise Unauthorized.missing()
        return None, None
    user = store.user(caller.user_id)
    if user is None or user.token_generation != caller.generation:
        raise Unauthorized.invalid()
    return user, caller.token


def _with_parts(function: View, parts: Mapping[str, Any]) -> View:
    named = {name: parts[name] for name in _names(function) if name in parts}
    return update_wrapper(partial(function, **named), function)


def _announce_phases(call: View) -> View:
    """Announce a handler, and the serialization after it."""

    @wraps(call)
    def handle(*payload: Any, **found: Any) -> Any:
        _announce("handler", call)
        result = call(*payload, **found)
        _announce("serialization")
        return result

    return handle


def _announce(phase: str, function: View | None = None) -> None:
    """Send the signal :data:`phase_started`, if somebody listens."""
    if phase_started.receivers and current_app:
        phase_started.send(current_app._get_current_object(), name=phase, function=function)  # type: ignore[attr-defined]


def _names(function: View) -> list[str]:
    return list(inspect.signature(function).parameters)


def _path_names(operation: Operation) -> list[str]:
    return [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
