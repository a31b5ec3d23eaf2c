"""Record a request to an app that is watched, without the switchboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

from assembly_required.workbench.answering import collect
from assembly_required.workbench.recording.recorder import Recording, record


def record_request(app: Flask, path: str, *, functions: bool = False, **request: Any) -> Recording:
    """Send a request to an app, and return its recording."""
    environ = EnvironBuilder(path=path, **request).get_environ()
    recording = Recording.of(environ, app, functions)
    with record(recording):
        status, headers, _ = collect(app.wsgi_app, environ)
    recording.finish(status, headers)
    return recording


def request_to(path: str) -> dict[str, Any]:
    """The WSGI environment of a request."""
    return EnvironBuilder(path=path).get_environ()


def sign(token: str) -> dict[str, str]:
    """The header of a request with this token."""
    return {"Authorization": f"Token {token}"}


@contextmanager
def all_recorded(app: Flask, functions: bool = False) -> Iterator[list[Recording]]:
    """Record all requests to an app meanwhile, also those of a test browser."""
    recordings: list[Recording] = []
    serve = app.wsgi_app

    def recorded(environ: dict[str, Any], start_response: Any) -> Any:
        recording = Recording.of(environ, app, functions)
        with record(recording):
            status, headers, body = collect(serve, environ)
        recording.finish(status, headers)
        recordings.append(recording)
        start_response(status, headers)
        return [body]

    app.wsgi_app = recorded  # type: ignore[method-assign]
    yield recordings
    app.wsgi_app = serve  # type: ignore[method-assign]
