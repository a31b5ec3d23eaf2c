"""Statements of Django, with a wrapper around the execution of each.

A wrapper belongs to a connection, and each thread has its own, so every request makes sure that it is there.

Source: https://docs.djangoproject.com/en/5.2/topics/db/instrumentation/
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connections
from flask import Flask, request_started

from ....adapters.orm.django.router import EXTENSION
from ..recorder import CURRENT


def watch(app: Flask) -> None:
    """Watch the statements of an app."""
    alias = app.extensions[EXTENSION]

    def add_wrapper(sender: Flask, **_: Any) -> None:
        wrappers = connections[alias].execute_wrappers
        if note_statement not in wrappers:
            wrappers.append(note_statement)

    request_started.connect(add_wrapper, app, weak=False)


def note_statement(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
    recording = CURRENT.get()
    if recording is None:
        return execute(sql, values, many, context)
    shown, times = to_driver(sql, context), len(values) if many else 1
    return recording.run_statement(shown, values, execute, sql, values, many, context, times=times)


def to_driver(sql: str, context: Any) -> str:
    """Write a statement as the driver gets it: Django itself replaces ``%s`` for SQLite.

    >>> from types import SimpleNamespace
    >>> to_driver("SELECT 1 WHERE %s LIKE '%%'", {"connection": SimpleNamespace(vendor="sqlite")})
    "SELECT 1 WHERE ? LIKE '%'"
    """
    if context["connection"].vendor != "sqlite":
        return sql
    return re.sub(r"(?<!%)%s", "?", sql).replace("%%", "%")
