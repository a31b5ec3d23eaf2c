"""Show what a client gets that attempts something too often, from each library as its documentation shows it.

Three attempts a minute are allowed. The apps answer a fourth one.
"""

from collections.abc import Callable

from flask import Flask
from werkzeug.exceptions import TooManyRequests

from ...stack.settings import Settings
from ...stack.slots import SLOTS, Slot
from . import Watch, entry
from .attempts import ALLOWED
from .frameworks import ask_all
from .outcome import Outcome, read_response
from .table import Cell, Row, Table

ABOUT = (
    f"Each app allows {ALLOWED} attempts a minute, and got one more. Nothing is configured that the first page of the "
    "library's documentation does not show. This application answers with JSON or a page, and always says when to come "
    "back."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["limits"]) -> list[Table]:
    """Let every library refuse an attempt."""
    rows, absent = [], {}
    for option in watch(slot.options):
        if option.missing() or option.name not in ALONE:
            absent[option.name] = str(entry(slot, option))
            continue
        rows.append(Row(option.name, show(refuse(ALONE[option.name]()))))
    rows += [Row(name, show(Outcome(**outcome))) for name, outcome in ask_all("limits", absent)]
    return [Table("What the fourth of three attempts gets", ABOUT, "option", rows, [], absent)]


def refuse(app: Flask) -> Outcome:
    """Attempt once more than is allowed."""
    client = app.test_client()
    for _ in range(ALLOWED):
        client.post("/attempt")
    return read_response(client.post("/attempt"))


def show(outcome: Outcome) -> dict[str, Cell]:
    """Return the cells for the answer to the attempt."""
    wait = outcome.raw["headers"].get("Retry-After")
    return {
        "answer": outcome.cell,
        "Retry-After": Cell(f"{wait} s" if wait else "not sent", raw=wait and int(wait)),
    }


def plain() -> Flask:
    """Create an app that raises Werkzeug's exception, which knows nothing of a limit."""
    app, attempts = Flask(__name__), []

    @app.post("/attempt")
    def attempt() -> str:
        attempts.append("made")
        if len(attempts) > ALLOWED:
            raise TooManyRequests
        return "made"

    return app


def flask_limiter() -> Flask:
    """Create the app of Flask-Limiter's quick start."""
    from flask_limiter import Limiter
    from flask_limiter.util import get_remote_address

    app = Flask(__name__)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")

    @app.post("/attempt")
    @limiter.limit(f"{ALLOWED} per minute")
    def attempt() -> str:
        return "made"

    return app


ALONE: dict[str, Callable[[], Flask]] = {"plain": plain, "flask_limiter": flask_limiter}
"""The apps by option."""
