"""An app that is set up and may be thrown away.

*In Django* the test runner makes a database, and destroys it.

*Here* an app on a folder of its own, ready to serve. The tests live on it, and so do commands that want to see
something happen without touching anybody's data.

*What it costs*: some 30 ms for a key and a schema.

*Next*: :mod:`assembly_required.cli`.
"""

from pathlib import Path
from typing import Any

from flask import Flask

from ..factory import create_app
from ..stack.assembly import assembled
from ..stack.settings import KEYS
from ..web import firstrun

CHEAP = {"SCRYPT_COST": 6, "ARGON2_MEMORY": 8, "PBKDF2_ITERATIONS": 1}
"""Password hashes that cost nothing, so that registering a thousand users does not either."""


def ready_app(folder: Path, root: Path, **config: Any) -> Flask:
    """An app that is set up, with ``folder`` as its instance folder.

    Its data lie there, whatever database the environment names, unless ``config`` says otherwise.
    """
    there = {"INSTANCE_PATH": str(folder), "DATABASE_URL": KEYS["DATABASE_URL"].default}
    app = create_app({**there, **CHEAP, **config}, root=root)
    parts = assembled(app)
    with firstrun.alone(parts.settings), app.app_context():
        firstrun.set_up(app, parts.settings, parts.migrations)
    return app
