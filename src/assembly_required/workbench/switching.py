"""The switchboard's other half: it is imported when somebody opens the workbench."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask

from ..lab.peers import PeerError
from ..stack.assembly import assembled
from ..stack.slots import SLOTS, ConfigError
from ..web.firstrun import find_key
from ..web.headers import HEADERS
from .answering import Answer, collect
from .bar import add_bar
from .browser import Chosen, read_chosen
from .desk import create_desk
from .mounting import PATH, WSGI, is_below
from .passing import Unreachable, pass_on
from .peering import Peers, Starting, serves
from .pool import Pool
from .recording.history import History
from .recording.recorder import Recording, record
from .recording.timing import describe_error
from .recording.watching import watch
from .remembering import accept_remembered, accept_sessions
from .vouching import let_others_vouch


class Workbench:
    """Sends each request to the pages of the workbench, or to the stack that its browser has chosen.

    :param app: the app that ``wsgi.py`` has created.
    :param own: its WSGI application, for requests of browsers without the cookie.
    """

    def __init__(self, app: Flask, own: WSGI) -> None:
        self._app, self._own = app, own
        self.pool = Pool(assembled(app).settings, self._prepare)
        self.history = History()
        self.peers = Peers(Path(app.instance_path))
        self.desk = create_desk(app, self.pool, self.history, self.peers)
        self._read_cookies = lru_cache(100)(self._read_chosen)  # to check a signature takes 0.1 ms

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        find_key(self._app)
        if not self._app.config["SECRET_KEY"]:
            return self._own(environ, start_response)  # it answers that 'flask setup' has to run first
        self.desk.secret_key = self._app.config["SECRET_KEY"]
        if is_below(environ["PATH_INFO"]):
            return self.desk.wsgi_app(environ, start_response)
        chosen = self._read_cookies(self.desk.secret_key, environ.get("HTTP_COOKIE", ""))
        if chosen is None:
            return self._own(environ, start_response)
        if chosen.peer and serves(chosen.peer, environ["PATH_INFO"]):
            recording = Recording.of_peer(environ, chosen.peer)
            answer = self._ask_peer(chosen.peer, environ)
            recording.finish(answer[0], answer[1])
            return self._finish(chosen, recording, answer, environ, start_response)
        try:
            lent = self.pool.lend(chosen.choices)
        except ConfigError:
            # A package was removed, or the configuration has changed. The board explains it.
            return self._own(environ, start_response)
        with lent as app:
            return self._serve(app, chosen, accept_remembered(app, environ), start_response)

    def close(self) -> None:
        """Close the apps, and stop the peers."""
        self.pool.close()
        self.peers.close()

    def _prepare(self, app: Flask) -> None:
        find_key(app)
        accept_sessions(app)
        watch(app)
        let_others_vouch(app, self._find_form_makers)

    def _read_chosen(self, key: str, cookies: str) -> Chosen | None:
        """Read what a browser has chosen from its header ``Cookie``, which is signed with a key."""
        return read_chosen(self.desk, {"HTTP_COOKIE": cookies})

    def _find_form_makers(self) -> Iterator[Flask]:
        """Yield an app for each option of ``forms``. After a restart, some are built again."""
        yield from (self._app, *self.pool.apps)
        for option in SLOTS["forms"].names:
            with suppress(ConfigError):  # it is not installed
                yield self.pool.get({SLOTS["forms"].key: option})

    def _serve(
        self, app: Flask, chosen: Chosen, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        recording = Recording.of(environ, app, chosen.functions)
        try:
            with record(recording):
                answer = collect(app.wsgi_app, environ)
        except Exception as error:  # in debug mode errors leave the app, for the page of the debugger
            recording.fail(describe_error(error))
            recording.finish("500 INTERNAL SERVER ERROR", [])
            self.history.add(chosen.id, recording)
            raise
        recording.finish(answer[0], answer[1])
        return self._finish(chosen, recording, answer, environ, start_response)

    def _ask_peer(self, name: str, environ: dict[str, Any]) -> Answer:
        try:
            return pass_on(environ, self.peers.reach(name))
        except Starting:
            status, template, problem = "503 SERVICE UNAVAILABLE", "peer_starting.html", ""
        except (PeerError, Unreachable) as error:
            status, template, problem = "502 BAD GATEWAY", "peer_failed.html", str(error)
        page = self.desk.jinja_env.get_template(template)
        content = page.render(peer=name, problem=problem, root=environ.get("SCRIPT_NAME", "")).encode()
        about = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
        return status, [*about.items(), *HEADERS.items()], content

    def _finish(
        self,
        chosen: Chosen,
        recording: Recording,
        answer: Answer,
        environ: dict[str, Any],
        start_response: Callable[..., Any],
    ) -> Iterable[bytes]:
        """Keep the recording, and add what leads to it to the response."""
        status, headers, content = answer
        if not recording.is_kept:
            start_response(status, headers)
            return [content]
        self.history.add(chosen.id, recording)
        sent, content = add_bar(chosen, recording, environ, headers, content)
        link = f'<{environ.get("SCRIPT_NAME", "")}{PATH}/requests/{recording.id}>; rel="describedby"'
        start_response(status, [*sent, ("Server-Timing", recording.format_timing()), ("Link", link)])
        return [content]
