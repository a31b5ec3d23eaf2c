"""Build a stack as a candidate, with ``create_app``.

Only the stack differs between candidates. It is measured complete, with its site, documentation and guards.
"""

from pathlib import Path
from urllib.parse import quote

from flask import Flask

from ...factory import create_app


def build(database: Path, secret_key: str, root: str, **choice: str) -> Flask:
    """Create an app with these options on a database, ignoring the configuration of this installation.

    :param root: the folder that contains ``migrations/``.
    :param choice: config keys of slots, and ``STACK``.
    """
    config = {
        **choice,
        "INSTANCE_PATH": str(database.parent),
        "DATABASE_URL": f"sqlite:///{quote(str(database))}",
        "SECRET_KEY": secret_key,
    }
    return create_app(config, root=Path(root))
