"""The app with the pages of the workbench. It is not the blog, and is not built by the factory."""

import secrets

from flask import Flask, abort, g, request, session

from ..stack.assembly import assembled
from ..web.headers import HEADERS
from .board import add_board
from .browser import Chosen, WorkbenchSessions, load_chosen
from .mounting import PATH
from .pool import Pool
from .recording.history import History
from .requests import add_requests

SAFE = ("GET", "HEAD", "OPTIONS")


def create_desk(blog: Flask, pool: Pool, history: History) -> Flask:
    """Create the app.

    :param blog: the app that ``wsgi.py`` has created.
    """
    desk = Flask(__name__, static_url_path=f"{PATH}/static", instance_path=blog.instance_path)
    desk.session_interface = WorkbenchSessions()
    desk.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True, MAX_CONTENT_LENGTH=2**20)

    @desk.before_request
    def recognise_browser() -> None:
        g.chosen = load_chosen(session) or Chosen()
        if request.method not in SAFE:
            check_form(g.chosen)
        g.chosen.save(session)

    @desk.after_request
    def protect(response):  # type: ignore[no-untyped-def]
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = "no-store"
        return response

    @desk.context_processor
    def provide() -> dict[str, object]:
        return {"chosen": g.chosen, "blog_url": f"{request.script_root}/"}

    add_board(desk, pool)
    add_requests(desk, history, assembled(blog).settings.database, blog.debug)
    return desk


def check_form(chosen: Chosen) -> None:
    """Refuse a form that is not from the workbench."""
    if not secrets.compare_digest(chosen.csrf.encode(), request.form.get("csrf_token", "").encode()):
        abort(400)
