"""Send requests as a browser on this machine does that has chosen a stack."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask

from .browser import Chosen, sign_chosen
from .mounting import COOKIE, WSGI, Switchboard


@contextmanager
def visit(app: Flask, choices: Mapping[str, str]) -> Iterator[WSGI]:
    """Provide a WSGI application that passes each request to an app, with the cookie of the workbench.

    :param app: an app that is set up. Nothing is changed in it.
    :param choices: config keys of slots, or ``STACK``, and their values.
    """
    switchboard = Switchboard(app)
    workbench = switchboard.workbench
    cookie = sign_chosen(workbench.desk, app.config["SECRET_KEY"], Chosen(choices=dict(choices)))

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        cookies = [environ.get("HTTP_COOKIE"), f"{COOKIE}={cookie}"]
        environ |= {
            "SERVER_SOFTWARE": "Werkzeug/3",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(filter(None, cookies)),
        }
        return switchboard(environ, start_response)

    yield call
    workbench.pool.close()
