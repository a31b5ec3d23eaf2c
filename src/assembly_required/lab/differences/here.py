"""Run the inputs through this application, once for each option of a slot.

Each app is built from the configured stack and costs, with a temporary folder and database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, request

from ...conduit.errors import Refusal
from ...stack.assembly import assembled
from ...stack.settings import KEYS, Settings
from ...stack.slots import SLOTS, Option, Slot
from ...web.api import PREFIX
from ...web.api.body import read_json
from ..sandbox import ready_app
from .inputs import Input, body
from .outcome import Outcome, accept, read_response

HERE = "here"
"""The heading of the column for this application."""

COSTS = [key for name in ("hashing", "tokens") for key in SLOTS[name].all_settings()]

CALLER = {"username": "caller", "email": "caller@example.com", "password": "correct horse"}


@contextmanager
def app_with(settings: Settings, slot: Slot, option: Option, **config: Any) -> Iterator[Flask]:
    """Create an app of the configured stack with another option in one slot, and delete its data afterwards."""
    chosen = {"STACK": settings.values["STACK"], slot.key: option.name}
    # Set explicitly, so that FLASK_DATABASE_URL cannot point to real data.
    database = {"DATABASE_URL": KEYS["DATABASE_URL"].default}
    with TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), settings.root, **database, **chosen, **config)
        yield app
        with app.app_context():
            assembled(app).store.disconnect()


def costs(settings: Settings) -> dict[str, Any]:
    """Return the configured costs. Without them, the apps use the low costs of the tests."""
    return {key: settings.values[key] for key in COSTS}


def load(app: Flask, sent: Input) -> Outcome:
    """Load an input with the app's validation and return the outcome."""
    loader = assembled(app).validation.loader(sent.schema)
    with app.test_request_context(**sent.request(PREFIX)):
        try:
            data = request.args.to_dict() if sent.schema == "Page" else read_json(request)
            return accept(loader(data), sent.field)
        except Refusal as refusal:
            lines = [f"{field} {message}" for field, messages in refusal.errors.items() for message in messages]
            return Outcome("refuses", f"{refusal.status} {'; '.join(lines)}", refusal.errors)


def register(app: Flask) -> dict[str, str]:
    """Register a user and return their ``Authorization`` header."""
    response = app.test_client().open(**body("", {"user": CALLER}, "NewUser").request(PREFIX))
    return {"Authorization": f"Token {response.get_json()['user']['token']}"}


def ask(app: Flask, sent: Input, headers: dict[str, str]) -> Outcome:
    """Send an input to the app and return the outcome."""
    return read_response(app.test_client().open(**sent.request(PREFIX), headers=headers))
