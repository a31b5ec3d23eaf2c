"""What a browser has chosen. It is kept in the signed cookie of the workbench, which is the session of the pages."""

import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from .mounting import COOKIE


@dataclass
class Chosen:
    """What one browser has chosen.

    :param id: a random name of the browser.
    :param csrf: the token that every form of the workbench repeats.
    :param choices: config keys above those of the app, such as ``{"STACK_ORM": "peewee"}``.
    :param peer: the name of the peer that its requests are passed on to; empty for none.
    :param functions: whether the functions that run are recorded.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    csrf: str = field(default_factory=secrets.token_urlsafe)
    choices: dict[str, str] = field(default_factory=dict)
    peer: str = ""
    functions: bool = False

    def save(self, session: MutableMapping[str, Any]) -> None:
        """Write it to a session."""
        session.update(asdict(self))


class WorkbenchSessions(SecureCookieSessionInterface):
    """The cookie of the workbench. Its salt differs from that of the site, so neither cookie is valid as the other."""

    salt = "assembly_required.workbench"

    def get_cookie_name(self, app: Flask) -> str:
        return COOKIE

    def get_cookie_path(self, app: Flask) -> str:
        return request.script_root or "/"


def read_chosen(app: Flask, environ: Mapping[str, Any]) -> Chosen | None:
    """Return what the browser of a request has chosen, or ``None`` if it has not opened the workbench.

    :param app: the app with the pages of the workbench.
    """
    session = app.session_interface.open_session(app, app.request_class(dict(environ)))
    return load_chosen(session) if session else None


def load_chosen(session: Mapping[str, Any]) -> Chosen | None:
    """Read it from a session."""
    if not session.keys() >= {"id", "csrf"}:
        return None
    return Chosen(**{each.name: session[each.name] for each in fields(Chosen) if each.name in session})


def sign_chosen(app: Flask, key: str, chosen: Chosen) -> str:
    """Return the value of the cookie for what a browser has chosen.

    :param app: the app with the pages of the workbench.
    :param key: the secret key of the blog.
    """
    app.secret_key = key
    serializer = WorkbenchSessions().get_signing_serializer(app)
    if serializer is None:
        raise RuntimeError("There is no secret key yet. Run: flask setup")
    value: str = serializer.dumps(asdict(chosen))
    return value
