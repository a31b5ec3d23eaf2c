"""A stack as a candidate: what ``create_app`` makes, ready to be called.

*In Django* the settings module of a process says what is measured.

*Here* a choice of options is one, and several choices stand in one process. Everything else is the same for all: the
key, the database, the defaults of all other settings.

*What it costs*: a stack is measured as it is delivered, with its site, its documentation and its guards.

*Next*: :mod:`assembly_required.lab.compare.wsgi`.
"""

from pathlib import Path
from urllib.parse import quote

from flask import Flask

from ...factory import create_app


def build(database: Path, secret_key: str, root: str, **choice: str) -> Flask:
    """An app of this choice on a database; the configuration of this installation is left aside.

    :param root: the folder in which ``migrations/`` lies.
    :param choice: config keys of slots, and ``STACK``.
    """
    config = {
        **choice,
        "INSTANCE_PATH": str(database.parent),
        "DATABASE_URL": f"sqlite:///{quote(str(database))}",
        "SECRET_KEY": secret_key,
    }
    return create_app(config, root=Path(root))
