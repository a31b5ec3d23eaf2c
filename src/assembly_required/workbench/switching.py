"""The switchboard's other half: it is imported when somebody opens the workbench."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.test import run_wsgi_app

from ..stack.assembly import assembled
from ..stack.slots import ConfigError
from ..web.firstrun import find_key
from .bar import add_bar
from .browser import Chosen, read_chosen
from .desk import create_desk
from .mounting import PATH, WSGI, is_below
from .pool import Pool
from .recording.history import History
from .recording.recorder import Recording, record
from .recording.watching import watch


class Workbench:
    """Sends each request to the pages of the workbench, or to the stack that its browser has chosen.

    :param app: the app that ``wsgi.py`` has created.
    :param own: its WSGI application, for requests of browsers without the cookie.
    """

    def __init__(self, app: Flask, own: WSGI) -> None:
        self._app, self._own = app, own
        self.pool = Pool(assembled(app).settings, watch)
        self.history = History()
        self.desk = create_desk(app, self.pool, self.history)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        find_key(self._app)
        if not self._app.config["SECRET_KEY"]:
            return self._own(environ, start_response)  # it answers that 'flask setup' has to run first
        self.desk.secret_key = self._app.config["SECRET_KEY"]
        if is_below(environ["PATH_INFO"]):
            return self.desk.wsgi_app(environ, start_response)
        chosen = read_chosen(self.desk, environ)
        if chosen is None:
            return self._own(environ, start_response)
        return self._serve(chosen, environ, start_response)

    def _serve(self, chosen: Chosen, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            app = self.pool.get(chosen.choices)
        except ConfigError:
            # A package was removed, or the configuration has changed. The board explains it.
            return self._own(environ, start_response)
        recording = Recording.of(environ, app, chosen.functions)
        with record(recording):
            body, status, headers = run_wsgi_app(app.wsgi_app, environ, buffered=True)
        recording.finish(status, headers)
        content = b"".join(body)
        if recording.is_kept:
            self.history.add(chosen.id, recording)
            address = f"{environ.get('SCRIPT_NAME', '')}{PATH}/requests/{recording.id}"
            headers.add("Server-Timing", recording.format_timing())
            headers.add("Link", f'<{address}>; rel="describedby"')
            content = add_bar(self.desk, chosen, recording, environ, headers, content)
        start_response(status, headers.to_wsgi_list())
        return [content]
