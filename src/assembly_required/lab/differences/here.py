"""What this application says itself, with each option in its place: the control.

*In Django* there is no such thing to control.

*Here* an app is built for each option, from the configured stack and the configured costs, on a folder and a database
that are thrown away. To the validation slot an input goes by the way that a request takes; to the docs slot as a
request, since there the extension may do the reading.

*What it costs*: some 30 ms for each app.

*Next*: :mod:`assembly_required.lab.differences.validation`.
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
from ...stack.slots import Option, Slot
from ...web.api import PREFIX
from ...web.api.body import read_json
from ..sandbox import ready_app
from .inputs import Input, body
from .said import Said, answered, took

HERE = "here"
"""The heading of its column."""

COSTS = ("TOKEN_DAYS", "SCRYPT_COST", "ARGON2_MEMORY", "PBKDF2_ITERATIONS")

CALLER = {"username": "caller", "email": "caller@example.com", "password": "correct horse"}


@contextmanager
def app_with(settings: Settings, slot: Slot, option: Option, **config: Any) -> Iterator[Flask]:
    """An app of the configured stack, with one slot filled by an option."""
    chosen = {"STACK": settings.values["STACK"], slot.key: option.name}
    # Named, so that no FLASK_DATABASE_URL leads to somebody's data.
    database = {"DATABASE_URL": KEYS["DATABASE_URL"].default}
    with TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), settings.root, **database, **chosen, **config)
        yield app
        with app.app_context():
            assembled(app).store.disconnect()


def costs(settings: Settings) -> dict[str, Any]:
    """The configured costs; the apps of this package are else as cheap as those of the tests."""
    return {key: settings.values[key] for key in COSTS}


def load(app: Flask, sent: Input) -> Said:
    """What the app's validation makes of an input."""
    loader = assembled(app).validation.loader(sent.schema)
    with app.test_request_context(**sent.request(PREFIX)):
        try:
            data = request.args.to_dict() if sent.schema == "Page" else read_json(request)
            return took(loader(data), sent.field)
        except Refusal as refusal:
            lines = [f"{field} {message}" for field, messages in refusal.errors.items() for message in messages]
            return Said("refuses", f"{refusal.status} {'; '.join(lines)}", refusal.errors)


def register(app: Flask) -> dict[str, str]:
    """The header of somebody who may call the app."""
    made = app.test_client().open(**body("", {"user": CALLER}, "NewUser").request(PREFIX))
    return {"Authorization": f"Token {made.get_json()['user']['token']}"}


def ask(app: Flask, sent: Input, headers: dict[str, str]) -> Said:
    """What the app answers to an input."""
    return answered(app.test_client().open(**sent.request(PREFIX), headers=headers))
