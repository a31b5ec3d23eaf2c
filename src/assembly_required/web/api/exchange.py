"""Turn an operation into a Flask view, for docs adapters whose extension does not do it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from ...stack.interfaces import Dumper, Loader, Validation
from .body import read_json
from .guard import Bound, View


def exchange(bound: Bound, validation: Validation) -> View:
    """Return a view that runs an operation."""
    operation = bound.operation
    call = bound.call
    if operation.query:
        call = _with_query(call, validation.loader(operation.query))
    if operation.takes:
        call = _with_payload(call, validation.loader(operation.takes))
    dump = validation.dumper(operation.gives) if operation.gives else None
    return bound.guard(_answering(call, dump, operation.status))


def _with_query(call: View, load: Loader) -> View:
    def view(**found: Any) -> Any:
        return call(**found, **load(request.args.to_dict()))

    return view


def _with_payload(call: View, load: Loader) -> View:
    def view(**found: Any) -> Any:
        return call(load(read_json(request)), **found)

    return view


def _answering(call: View, dump: Dumper | None, status: int) -> Callable[..., ResponseReturnValue]:
    def view(**found: Any) -> ResponseReturnValue:
        result = call(**found)
        if dump is None:
            return "", status
        response = jsonify(dump(result))
        return response if status == HTTPStatus.OK else (response, status)

    return view
