"""Record a request to an app that is watched, without the switchboard."""

from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from assembly_required.workbench.recording.recorder import Recording, record


def record_request(app: Flask, path: str, *, functions: bool = False, **request: Any) -> Recording:
    """Send a request to an app, and return its recording."""
    environ = EnvironBuilder(path=path, **request).get_environ()
    recording = Recording.of(environ, app, functions)
    with record(recording):
        _, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    recording.finish(status, headers)
    return recording


def sign(token: str) -> dict[str, str]:
    """The header of a request with this token."""
    return {"Authorization": f"Token {token}"}
