"""``admin = none``: no admin pages.

*In Django* you remove ``django.contrib.admin`` from ``INSTALLED_APPS``.

*Here* ``flask user`` and ``flask shell`` do the same work in a terminal.

*What it costs*: nothing. This is the default, because it adds no start-up time and no pages that could be attacked.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin`.
"""

from flask import Flask

from ...conduit.interfaces import Hashing, Permissions, Store
from ...stack.interfaces import Login


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """Add nothing."""
