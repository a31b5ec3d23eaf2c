"""``GET /health``, for a load balancer or a monitor: 200 if the database answers, else 503."""

from flask import Flask
from flask.typing import ResponseReturnValue

from ..conduit.interfaces import Store
from .api import HEALTH


def add_check(app: Flask, store: Store) -> None:
    """Add the check to an app. If it fails, the usual error is answered, as JSON."""

    @app.get(HEALTH)
    def health() -> ResponseReturnValue:
        store.user(0)  # the cheapest read: there is no such user
        return {"status": "ok"}
