"""Create a temporary app that is set up and ready to serve.

The tests use it, and so do commands that run requests without touching real data.
"""

from pathlib import Path
from typing import Any

from flask import Flask

from ..factory import create_app
from ..stack.assembly import assembled
from ..stack.settings import KEYS
from ..stack.slots import SLOTS
from ..web import firstrun

CHEAP = {key: setting.at_least for key, setting in SLOTS["hashing"].all_settings().items()}
"""The lowest cost of each password hash, so that registering many users is fast."""


def ready_app(folder: Path, root: Path, **config: Any) -> Flask:
    """Create an app with ``folder`` as its instance folder, and set it up.

    Its database is in that folder, even if the environment names another one, unless ``config`` sets it.
    """
    there = {"INSTANCE_PATH": str(folder), "DATABASE_URL": KEYS["DATABASE_URL"].default}
    app = create_app({**there, **CHEAP, **config}, root=root)
    parts = assembled(app)
    with firstrun.alone(parts.settings), app.app_context():
        firstrun.set_up(app, parts.settings, parts.migrations)
    return app
