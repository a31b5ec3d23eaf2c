"""Note what Flask and the API announce with signals.

Source: https://flask.palletsprojects.com/en/stable/signals/
"""

from collections.abc import Callable
from itertools import islice
from typing import Any

from blinker import NamedSignal
from flask import Flask, request, request_finished, session
from flask.signals import got_request_exception, message_flashed

from ...web.signals import letter_queued, phase_started
from .masking import mask_path, mask_session, mask_text
from .recorder import CURRENT, HEADERS, Recording
from .timing import describe_error, locate

Note = Callable[..., None]


def watch_announcements(app: Flask) -> None:
    """Listen to the signals that an app sends."""
    notes: dict[NamedSignal, Note] = {
        request_finished: note_request,
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


def note_request(recording: Recording, **_: Any) -> None:
    own, data = request._get_current_object(), session._get_current_object()  # type: ignore[attr-defined]
    recording.endpoint = own.endpoint
    if own.view_args:
        recording.path = mask_path(recording.path, own.view_args)
    parsed = vars(own).get("form", ())  # it is there if the view has read it
    recording.fields = [mask_text(name) for name in islice(parsed, HEADERS)]
    recording.session = mask_session(dict(islice(data.items(), HEADERS)))


def begin_phase(recording: Recording, name: str, function: Callable[..., Any] | None = None, **_: Any) -> None:
    place = locate(function) if function else None
    recording.enter(name, place.name if place else "", place)


def note_message(recording: Recording, message: str, **_: Any) -> None:
    if len(recording.messages) < HEADERS:
        recording.messages.append(mask_text(str(message)))


def note_letter(recording: Recording, kind: str, **_: Any) -> None:
    recording.letters.append(kind)


def note_error(recording: Recording, exception: BaseException, **_: Any) -> None:
    note_request(recording)  # in debug mode, such a request does not finish
    recording.fail(describe_error(exception))
