"""Run a request on a stack, and record it with the functions that run.

A page is requested on the data of the blog, with the cookies of this browser. An operation runs on a copy of the demo
blog, which both sides have for themselves, so it may write.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

from ...cli.sql import call
from ...data import demo
from ...lab.sandbox import ready_app
from ...stack.assembly import assembled
from ..recording.recorder import Recording, record
from ..recording.watching import watch
from .asking import Question

CONDITIONAL = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


@dataclass(frozen=True)
class Result:
    """The response of one side.

    :param status: the status, such as ``200 OK``.
    :param recording: what happened.
    """

    status: str
    headers: Headers
    content: bytes
    recording: Recording


def run(app: Flask, question: Question, environ: Mapping[str, Any]) -> Result:
    """Run a request twice, and record it the second time, when everything is loaded.

    :param environ: the request of the visitor, of which the cookies and the host are used.
    """
    send(app, make_environ(question, environ), None)
    recording = Recording.of(make_environ(question, environ), app, functions=True)
    return send(app, make_environ(question, environ), recording)


def run_on_copy(app: Flask, question: Question, environ: Mapping[str, Any]) -> Result:
    """Run an operation on a copy of the demo blog, as its demo user, with the stack of an app."""
    parts = assembled(app)
    config = {chosen.slot.key: chosen.option.name for chosen in parts.choice.values()}
    stack = {"STACK": parts.settings.values["STACK"]}
    with provide_copy(parts.settings.root, stack | config) as (copy, token):
        warm, counted = dict(environ), dict(environ)
        for each in (warm, counted):
            each["HTTP_AUTHORIZATION"] = f"Token {token}"
            each.pop("HTTP_COOKIE", None)
        call(copy, "GET", "/user", token=token)  # loads what the first request of an app loads
        watch(copy)
        recording = Recording.of(make_environ(question, counted), app, functions=True)
        return send(copy, make_environ(question, counted), recording)


@contextmanager
def provide_copy(root: Path, config: Mapping[str, str]) -> Iterator[tuple[Flask, str]]:
    """Provide an app with the demo blog in a temporary folder, and a token of the demo user."""
    with TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), root, **config)
        with app.app_context():
            demo.fill(assembled(app).store, assembled(app).hashing)
        login = call(app, "POST", "/users/login", {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}})
        try:
            yield app, login["user"]["token"]
        finally:
            with app.app_context():
                assembled(app).store.disconnect()


def make_environ(question: Question, environ: Mapping[str, Any]) -> dict[str, Any]:
    """Make the WSGI environment of a request from that of the visitor."""
    path, _, query = question.path.partition("?")
    body = question.body.encode()
    made = {name: value for name, value in environ.items() if is_kept(name)}
    return made | {
        "REQUEST_METHOD": question.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.input": BytesIO(body),
    }


def is_kept(name: str) -> bool:
    """Check whether a key of a WSGI environment is about the visitor, not about one request."""
    about_request = name in CONDITIONAL or name.startswith(("werkzeug.", "flask.")) or name == "HTTP_TRANSFER_ENCODING"
    return not about_request and name not in ("RAW_URI", "REQUEST_URI")


def send(app: Flask, environ: dict[str, Any], recording: Recording | None) -> Result:
    """Send a request to an app. Without a recording, only the response counts."""
    if recording is None:
        _, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
        return Result(status, headers, b"", Recording("", "", "", "", {}))
    with record(recording):
        body, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    recording.finish(status, headers)
    return Result(status, headers, b"".join(body), recording)
