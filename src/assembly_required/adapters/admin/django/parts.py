"""The services of the current Flask app, for the admin site that all apps in a process share.

*In Django* a process is one project, and ``admin.site`` is a module-level object.

*Here* several Flask apps share that object. It finds the services of the current app in ``app.extensions``.

*What it costs*: one look-up in ``app.extensions`` per use.

*Next*: :mod:`assembly_required.adapters.admin.django.site`.
"""

from dataclasses import dataclass

from flask import current_app

from ....conduit.interfaces import Hashing, Permissions, Store
from ....conduit.model import User, now
from ....stack.interfaces import Login

EXTENSION = "django_admin"
"""The key in ``app.extensions``."""


@dataclass(frozen=True)
class Parts:
    """The services of one app that the admin uses."""

    store: Store
    hashing: Hashing
    permissions: Permissions
    login: Login

    @property
    def viewer(self) -> User:
        """The staff member who sent the request."""
        viewer = self.login.viewer()
        assert viewer  # noqa: S101 - the view of Flask has checked it
        return viewer

    def record(self, action: str, kind: str, name: str) -> None:
        """Write a change to the log."""
        self.store.record(self.viewer.username, action, kind, name[:255], now())


def get_parts() -> Parts:
    """Return the services of the current app."""
    parts: Parts = current_app.extensions[EXTENSION]
    return parts
