"""Let functions record a step whenever they are called."""

from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any

from .functions import is_ours
from .model import Failure, Place
from .recorder import CURRENT


def time_calls(function: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """Return a function that does the same, and records a step each time."""
    place = locate(function)
    name = place.name if place else getattr(function, "__name__", repr(function))

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return function(*arguments, **named)
        step, error = recording.begin(kind, name, place), ""
        try:
            return function(*arguments, **named)
        except Exception as caught:
            error = type(caught).__name__
            raise
        finally:
            recording.end(step, error)

    return call


def time_unless_open(function: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """Return a function that does the same, and records a step unless one of this kind is open already."""
    timed = time_calls(function, kind)

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        recording = CURRENT.get()
        is_open = recording is None or recording.find_open(kind)
        return (function if is_open else timed)(*arguments, **named)

    return call


def locate(function: Callable[..., Any]) -> Place | None:
    """Find where a function is defined, below all its decorators. Functions in C have no place."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return Place(function.__module__, function.__qualname__, code.co_firstlineno) if code else None


def is_redirect(error: BaseException) -> bool:
    """Check whether an exception only redirects: ``abort(redirect(...))``."""
    response = getattr(error, "response", None)
    return response is not None and response.status_code < 400


def describe_error(error: BaseException) -> Failure:
    """Describe an exception by its type and the innermost line of this project that it passed."""
    place = None
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        frame = traceback.tb_frame
        if is_ours(frame.f_code):
            place = Place(frame.f_globals.get("__name__", ""), frame.f_code.co_qualname, traceback.tb_lineno)
        traceback = traceback.tb_next
    return Failure(type(error).__name__, place)
