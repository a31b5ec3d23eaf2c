"""Note what Flask and the API announce with signals.

Source: https://flask.palletsprojects.com/en/stable/signals/
"""

from collections.abc import Callable
from typing import Any

from blinker import NamedSignal
from flask import Flask, request, request_finished, request_started, session, template_rendered
from flask.signals import before_render_template, got_request_exception, message_flashed

from ...web.signals import letter_queued, phase_started
from .masking import mask_path, mask_session, mask_text
from .recorder import CURRENT, HEADERS, Recording
from .timing import describe_error, locate

Note = Callable[..., None]


def watch_announcements(app: Flask) -> None:
    """Listen to the signals that an app sends."""
    notes: dict[NamedSignal, Note] = {
        request_started: note_route,
        request_finished: note_session,
        before_render_template: begin_template,
        template_rendered: end_template,
        phase_started: begin_phase,
        message_flashed: note_message,
        letter_queued: note_letter,
        got_request_exception: note_error,
    }
    for signal, note in notes.items():
        signal.connect(only_recorded(note), app, weak=False)


def only_recorded(note: Note) -> Callable[..., None]:
    """Return a receiver that passes on the recording of the request, if it is recorded."""

    def receive(sender: Flask, **facts: Any) -> None:
        if recording := CURRENT.get():
            note(recording, **facts)

    return receive


def note_route(recording: Recording, **_: Any) -> None:
    recording.endpoint = request.endpoint
    if request.view_args:
        recording.path = mask_path(recording.path, request.view_args)


def note_session(recording: Recording, **_: Any) -> None:
    recording.session = mask_session(dict(list(session.items())[:HEADERS]))


def begin_template(recording: Recording, template: Any, **_: Any) -> None:
    if len(recording.templates) < HEADERS:
        recording.templates.append(str(template.name))
    recording.begin("template", template.name)


def end_template(recording: Recording, **_: Any) -> None:
    recording.end(recording.find_open("template"))


def begin_phase(recording: Recording, name: str, function: Callable[..., Any] | None = None, **_: Any) -> None:
    place = locate(function) if function else None
    recording.enter(name, place.name if place else "", place)


def note_message(recording: Recording, message: str, **_: Any) -> None:
    if len(recording.messages) < HEADERS:
        recording.messages.append(mask_text(str(message)))


def note_letter(recording: Recording, kind: str, **_: Any) -> None:
    recording.letters.append(kind)


def note_error(recording: Recording, exception: BaseException, **_: Any) -> None:
    recording.fail(describe_error(exception))
