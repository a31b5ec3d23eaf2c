"""The parts of the app at work, for an admin site of which a process has only one.

*In Django* a process is one project, and ``admin.site`` is a module-level object.

*Here* several apps share that object, and it asks Flask whose turn it is.

*What it costs*: a look into ``app.extensions``.

*Next*: :mod:`assembly_required.adapters.admin.django.site`.
"""

from dataclasses import dataclass

from flask import current_app

from ....conduit.interfaces import Hashing, Store
from ....conduit.model import User, now
from ....stack.interfaces import Login

EXTENSION = "django_admin"
"""The key of an app's parts in ``app.extensions``."""


@dataclass(frozen=True)
class Parts:
    """What the admin asks of the app."""

    store: Store
    hashing: Hashing
    login: Login

    @property
    def viewer(self) -> User:
        """Who is at work."""
        viewer = self.login.viewer()
        assert viewer  # noqa: S101 - he has entered
        return viewer

    def record(self, action: str, kind: str, name: str) -> None:
        """Note what he did."""
        self.store.record(self.viewer.username, action, kind, name[:255], now())


def parts() -> Parts:
    """Those of the app at work."""
    found: Parts = current_app.extensions[EXTENSION]
    return found
