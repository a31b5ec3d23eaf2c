"""Watch the parts of an app: each call of a part becomes a step of the current recording.

The methods of the parts are replaced on the instances of this app, so other apps are not slower. What Flask itself does
is seen through its signals.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache, partial, wraps
from typing import Any

from flask import Flask
from jinja2 import Template

from ...stack.assembly import assembled
from ...stack.interfaces import INTERFACES, View
from .announcements import watch_announcements
from .model import Place
from .recorder import CURRENT, EXTENSION, describe_stack
from .sql import watch_sql
from .timing import describe_error, is_redirect, locate, time_calls, time_unless_open

LOOKED_UP = ("article", "comment", "profile")
"""The methods of the store that load what a path names."""


def watch(app: Flask) -> None:
    """Watch an app."""
    parts = assembled(app)
    watch_part(parts.store, INTERFACES["orm"], "store")
    wrap(parts.store, "session", partial(time_unless_open, kind="authentication"))
    for name in LOOKED_UP:
        wrap(parts.store, name, time_look_up)
    with parts.hashing.turn() as hashing:
        watch_part(hashing, INTERFACES["hashing"], "hashing")
    wrap(parts.permissions, "of", watch_rights)
    watch_part(parts.login, INTERFACES["login"], "authentication", without=("required",))
    watch_part(parts.tokens, INTERFACES["tokens"], "authentication")
    watch_part(parts.limits, INTERFACES["limits"], "limits")
    wrap(parts.forms, "protect", partial(time_calls, kind="validation"))
    wrap(parts.forms, "form", watch_form)
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = frame_view(endpoint, view)
    watch_templates(app)
    watch_errors(app)
    watch_announcements(app)
    watch_sql(app)
    app.extensions[EXTENSION] = describe_stack(app)


def watch_part(part: Any, interface: type, kind: str, without: tuple[str, ...] = ()) -> None:
    """Time the methods of a part that are in its interface."""
    for name in find_methods(interface):
        if name not in without:
            wrap(part, name, partial(time_calls, kind=kind))


def find_methods(interface: type) -> Iterator[str]:
    """Yield the names of the methods of an interface."""
    yield from (name for name, value in vars(interface).items() if callable(value) and not name.startswith("_"))


def wrap(part: Any, name: str, decorate: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace a method on one object.

    An object with ``__slots__`` has no place for it, and gets a class of its own. If even that is not possible, as for
    classes written in C, the method stays as it is.
    """
    replaced = decorate(getattr(part, name))
    try:
        object.__setattr__(part, name, replaced)  # also if its class is frozen
    except AttributeError:
        own = {"__slots__": (), name: staticmethod(replaced)}
        with suppress(TypeError):
            object.__setattr__(part, "__class__", type(type(part).__name__, (type(part),), own))


def watch_each(part: Any, name: str, kind: str) -> None:
    """Time a method of an object that exists for one request only.

    To derive a class once takes less time than to replace the method of each object. A method that is no part of the
    class stays as it is.
    """
    original: Any = type(part)
    if original.__module__ == __name__:
        return  # an adapter has returned the same object before
    with suppress(AttributeError, TypeError):
        object.__setattr__(part, "__class__", derive_watched(original, name, kind))


@lru_cache(100)
def derive_watched(original: type[Any], name: str, kind: str) -> type:
    """Return a class like another one, in which the calls of a method are timed.

    :raises AttributeError: it has no such method.
    :raises TypeError: nothing can be derived from it.
    """
    return type(original.__name__, (original,), {"__slots__": (), name: time_calls(getattr(original, name), kind)})


def time_look_up(load: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function record a look-up, unless it is called by the handler of an operation."""
    timed = time_unless_open(load, "look-up")

    @wraps(load)
    def call(*arguments: Any, **named: Any) -> Any:
        recording = CURRENT.get()
        is_later = recording is None or recording.phase == "handler"
        return (load if is_later else timed)(*arguments, **named)

    return call


def watch_rights(of: Callable[..., Any]) -> Callable[..., Any]:
    """Time the questions to the rights of a user. In an operation of the API they are a phase after the look-up."""

    @wraps(of)
    def call(*arguments: Any, **named: Any) -> Any:
        recording, rights = CURRENT.get(), of(*arguments, **named)
        if recording:
            if recording.phase == "look-up":
                recording.enter("authorization")
            watch_each(rights, "may", "authorization")
        return rights

    return call


def watch_form(create: Callable[..., Any]) -> Callable[..., Any]:
    """Time the validation of a form."""

    @wraps(create)
    def call(*arguments: Any, **named: Any) -> Any:
        form = create(*arguments, **named)
        if CURRENT.get():
            watch_each(form, "load", "validation")
        return form

    return call


def frame_view(endpoint: str, view: View) -> View:
    """Let a view record a step, between the phases ``route`` and ``response``."""
    find_place = cache(partial(locate_view, view))

    @wraps(view)
    def call(*arguments: Any, **path: Any) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return view(*arguments, **path)
        recording.leave()
        step = recording.begin("view", endpoint, find_place(recording.method))
        try:
            answer = view(*arguments, **path)
        except Exception as caught:
            recording.end(step, "" if is_redirect(caught) else type(caught).__name__)
            raise
        recording.end(step)
        recording.enter("response")
        return answer

    return call


def locate_view(view: View, method: str) -> Place | None:
    """Find where a view is defined. The view of a class is the method of it that has the name of the request's."""
    view_class = getattr(view, "view_class", None)
    return locate(getattr(view_class, method.lower(), view))


class WatchedTemplate(Template):
    """A template that records a step when it is rendered. Templates that it includes or extends are a part of it."""

    def render(self, *arguments: Any, **named: Any) -> str:
        recording = CURRENT.get()
        if recording is None:
            return super().render(*arguments, **named)
        step = recording.begin("template", str(self.name))
        try:
            return super().render(*arguments, **named)
        finally:
            recording.end(step)


def watch_templates(app: Flask) -> None:
    """Time the templates of an app.

    Flask has two signals for that, but sending them takes longer than recording a step.

    Source: https://flask.palletsprojects.com/en/stable/api/#flask.before_render_template
    """
    app.jinja_env.template_class = WatchedTemplate


def watch_errors(app: Flask) -> None:
    """Note the exceptions that become responses. Flask calls this method for each of them, refusals too."""
    handle = app.handle_user_exception

    @wraps(handle)
    def call(error: Exception) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return handle(error)
        if not is_redirect(error):
            recording.fail(describe_error(error))
            recording.enter("error")
        answer = handle(error)
        recording.enter("response")
        return answer

    app.handle_user_exception = call  # type: ignore[method-assign, assignment]
