"""Watch the parts of an app: each call of a part becomes a step of the current recording.

The methods of the parts are replaced on the instances of this app, so other apps are not slower. What Flask itself does
is seen through its signals.
"""

from collections.abc import Iterator
from typing import Any

from flask import Flask, request, request_started, template_rendered
from flask.signals import before_render_template, message_flashed

from ...stack.assembly import assembled
from ...stack.interfaces import INTERFACES
from ...web.signals import phase_started
from .recorder import CURRENT, Recording, time_calls
from .sql import watch_sql

KINDS = {
    "orm": ("store", "store"),
    "hashing": ("hashing", "hashing"),
    "permissions": ("permissions", "authorization"),
    "login": ("login", "authentication"),
    "tokens": ("tokens", "authentication"),
    "forms": ("forms", "validation"),
}
"""For each slot that is watched, the attribute of its part and the kind of its steps."""


def watch(app: Flask) -> None:
    """Watch an app."""
    parts = assembled(app)
    for slot, (attribute, kind) in KINDS.items():
        watch_part(getattr(parts, attribute), INTERFACES[slot], kind)
    for endpoint, view in app.view_functions.items():
        app.view_functions[endpoint] = time_calls(view, "handler" if "api" not in endpoint else "view")
    watch_signals(app)
    watch_sql(app)


def watch_part(part: Any, interface: type, kind: str) -> None:
    """Time the methods of a part that are in its interface."""
    for name in find_methods(interface):
        if callable(method := getattr(part, name, None)):
            setattr(part, name, time_calls(method, kind))


def find_methods(interface: type) -> Iterator[str]:
    """Yield the names of the methods of an interface."""
    yield from (name for name, value in vars(interface).items() if callable(value) and not name.startswith("_"))


def watch_signals(app: Flask) -> None:
    """Note what Flask and the API announce."""

    def note_route(sender: Flask, **_: Any) -> None:
        if recording := CURRENT.get():
            recording.endpoint = request.endpoint

    def begin_template(sender: Flask, template: Any, **_: Any) -> None:
        if recording := CURRENT.get():
            recording.templates.append(template.name)
            _open_templates.append((recording, recording.begin("template", template.name)))

    _open_templates: list[Any] = []

    def end_template(sender: Flask, **_: Any) -> None:
        if _open_templates:
            recording, step = _open_templates.pop()
            recording.end(step)

    def begin_phase(sender: Flask, name: str) -> None:
        if recording := CURRENT.get():
            begin_next(recording, name)

    def note_message(sender: Flask, message: str, **_: Any) -> None:
        if recording := CURRENT.get():
            recording.messages.append(str(message))

    request_started.connect(note_route, app, weak=False)
    before_render_template.connect(begin_template, app, weak=False)
    template_rendered.connect(end_template, app, weak=False)
    phase_started.connect(begin_phase, app, weak=False)
    message_flashed.connect(note_message, app, weak=False)


def begin_next(recording: Recording, phase: str) -> None:
    """End the phase before, and begin the next one."""
    recording.begin(phase, phase)
