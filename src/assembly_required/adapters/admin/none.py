"""``admin = none``: no such pages.

*In Django* one leaves ``django.contrib.admin`` out of ``INSTALLED_APPS``.

*Here* ``flask user`` and ``flask shell`` have to do.

*What it costs*: nothing, neither at the start nor in attack surface; that is why it is the default.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin`.
"""

from flask import Flask

from ...conduit.interfaces import Hashing, Permissions, Store
from ...stack.interfaces import Login


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """No admin."""
