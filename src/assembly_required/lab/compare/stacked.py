"""Build a stack as a candidate, with ``create_app``.

Only the stack differs between candidates. It is measured complete, with its site, documentation and guards.
"""

from pathlib import Path

from flask import Flask

from ...factory import create_app


def build(database: str, secret_key: str, root: str, instance: str, **choice: str) -> Flask:
    """Create an app with these options on a database, ignoring the configuration of this installation.

    :param database: its URL.
    :param root: the folder that contains ``migrations/``.
    :param instance: a folder for files that the app may write.
    :param choice: config keys of slots, and ``STACK``.
    """
    config = {**choice, "INSTANCE_PATH": instance, "DATABASE_URL": database, "SECRET_KEY": secret_key}
    return create_app(config, root=Path(root))
