"""Run a request on both sides.

A page is requested from the data of the blog, with the cookies of this browser. An operation runs on copies of the demo
blog, so it may change something. Each side answers three times: first to load what the first request of an app loads,
then to be timed, and then to see which functions run, because seeing them takes time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.datastructures import Headers

from ..answering import Answer, collect
from ..recording.model import Call
from ..recording.recorder import Recording, record
from ..recording.timing import describe_error
from .asking import Question
from .copies import provide_copies

LEFT_OUT = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_TRANSFER_ENCODING",
    "RAW_URI",
    "REQUEST_URI",
)
"""Keys of a WSGI environment that are about one request, or that ask for less than the whole answer."""


@dataclass(frozen=True)
class Result:
    """The response of one side.

    :param status: the status, such as ``200 OK``.
    :param recording: what happened, without functions.
    :param calls: the functions that ran.
    """

    status: str
    headers: Headers
    content: bytes
    recording: Recording
    calls: list[Call]


def run_live(apps: Sequence[Flask], question: Question, environ: Mapping[str, Any]) -> list[Result]:
    """Run a request that only reads on the data of the blog.

    :param environ: the request of the visitor, of which the cookies and the host are used.
    """
    return [run(app, question, environ, lambda: None) for app in apps]


def run_on_copies(apps: Sequence[Flask], question: Question, environ: Mapping[str, Any]) -> list[Result]:
    """Run a request on a copy of the demo blog for each app, as its demo user."""
    foreign = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"}
    with provide_copies(apps) as copies:
        return [
            run(copy.app, question, foreign | {"HTTP_AUTHORIZATION": f"Token {copy.token}"}, copy.reset)
            for copy in copies
        ]


def run(app: Flask, question: Question, environ: Mapping[str, Any], reset: Callable[[], None]) -> Result:
    """Run a request three times, and return what the second one answered and the functions of the third one.

    :param reset: called before each run, so that each finds the same data.
    """

    def send(functions: bool = False) -> tuple[Answer, Recording]:
        reset()
        return send_request(app, make_environ(question, environ), functions)

    send()
    (status, headers, content), recording = send()
    _, with_functions = send(functions=True)
    return Result(status, Headers(headers), content, recording, with_functions.calls)


def make_environ(question: Question, environ: Mapping[str, Any]) -> dict[str, Any]:
    """Make the WSGI environment of a request from that of the visitor."""
    path, _, query = question.path.partition("?")
    body = question.body.encode()
    return {name: value for name, value in environ.items() if is_kept(name)} | {
        "REQUEST_METHOD": question.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.input": BytesIO(body),
    }


def is_kept(name: str) -> bool:
    """Check whether a key of a WSGI environment is about the visitor, not about one request."""
    return name not in LEFT_OUT and not name.startswith(("werkzeug.", "flask."))


def send_request(app: Flask, environ: dict[str, Any], functions: bool) -> tuple[Answer, Recording]:
    """Send a request to an app, and record it.

    An exception that leaves the app, as in debug mode, becomes a response without a body.
    """
    recording = Recording.of(environ, app, functions)
    try:
        with record(recording):
            answer = collect(app.wsgi_app, environ)
    except Exception as error:
        recording.fail(describe_error(error))
        answer = "500 INTERNAL SERVER ERROR", [], b""
    recording.finish(answer[0], answer[1])
    return answer, recording
