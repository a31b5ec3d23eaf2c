"""The app with the pages of the workbench. It is not the blog, and is not built by the factory."""

import secrets

from flask import Flask, Response, abort, g, render_template, request, send_file, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..stack.assembly import assembled
from ..stack.describe import PACKAGE
from ..web.headers import HEADERS
from .board import add_board
from .browser import Chosen, WorkbenchSessions, load_chosen
from .comparing.pages import add_comparing
from .measure_pages import add_measuring
from .mounting import PATH
from .peering import Peers
from .pool import Pool
from .recording.history import History
from .requests import add_requests
from .vouching import is_from_here

SAFE = ("GET", "HEAD", "OPTIONS")

FOREIGN_FORM = "This form is from another browser, or you have left the workbench since. Nothing was changed."


def create_desk(blog: Flask, pool: Pool, history: History, peers: Peers) -> Flask:
    """Create the app.

    :param blog: the app that ``wsgi.py`` has created.
    """
    desk = Flask(__name__, static_url_path=f"{PATH}/static", instance_path=blog.instance_path)
    desk.session_interface = WorkbenchSessions()
    desk.config.update(SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True, MAX_CONTENT_LENGTH=2**20)
    protect_desk(desk)

    @desk.context_processor
    def provide() -> dict[str, object]:
        return {"chosen": g.get("chosen") or Chosen(), "blog_url": f"{request.script_root}/"}

    @desk.get(f"{PATH}/site.css")
    def site_style() -> ResponseReturnValue:
        """Send the style sheet of the site. At its own address, a peer may have another one."""
        return send_file(PACKAGE / "web" / "site" / "static" / "site.css")

    @desk.get(f"{PATH}/code.css")
    def code_style() -> ResponseReturnValue:
        """Send the style sheet for source that the tutorial uses."""
        return send_file(PACKAGE / "reader" / "static" / "code.css")

    add_board(desk, blog, pool, peers)
    add_measuring(desk, pool, blog.config["ROOT"])
    add_requests(desk, history, assembled(blog).settings.database, blog.debug)
    add_comparing(desk, pool, history, blog.config["TUTORIAL"])
    return desk


def protect_desk(desk: Flask) -> None:
    """Know each browser by its cookie, refuse forms of others, and send the headers of the site."""

    @desk.before_request
    def recognise_browser() -> None:
        g.chosen = load_chosen(session) or Chosen()
        if request.method not in SAFE:
            check_form(g.chosen)
        g.chosen.save(session)

    @desk.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = "no-store"
        return response

    @desk.errorhandler(HTTPException)
    def show_error(error: HTTPException) -> ResponseReturnValue:
        return render_template("error.html", error=error), error.code or 500


def check_form(chosen: Chosen) -> None:
    """Refuse a form that is not from the workbench."""
    sent = request.form.get("csrf_token", "")
    if not is_from_here(request) or not secrets.compare_digest(chosen.csrf.encode(), sent.encode()):
        abort(400, FOREIGN_FORM)
