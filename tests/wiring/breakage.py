"""A pytest plugin that breaks one option: ``BREAK="hashing argon2 verify_always" pytest -p tests.wiring.breakage``.

Each entry of BREAKAGES replaces one method of the built adapter with a faulty one.
"""

import os
import sqlite3
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from flask import Flask

from assembly_required.conduit.errors import Unauthorized

Replace = Callable[..., Any]


def replaced(method: str, faulty: Callable[[Replace], Replace]) -> Callable[[Any, Flask], None]:
    """Replace one method by a faulty one. ``faulty`` gets the original method."""
    return lambda part, app: setattr(part, method, faulty(getattr(part, method)))


def first_user_on_refusal(caller: Replace) -> Replace:
    def faulty() -> Any:
        try:
            return caller()
        except Unauthorized:
            return 1

    return faulty


def short_passwords_pass(loader: Replace) -> Replace:
    def faulty(name: str) -> Replace:
        load = loader(name)

        def lenient(payload: Any) -> Any:
            user = payload.get("user") if isinstance(payload, dict) else None
            if isinstance(user, dict) and isinstance(user.get("password"), str):
                payload = {"user": {**user, "password": user["password"].ljust(8, "!")}}
            return load(payload)

        return lenient

    return faulty


def surplus_field(dumper: Replace) -> Replace:
    return lambda name: lambda value: {**dumper(name)(value), "surplus": 1}


def reversed_page(page: Replace) -> Replace:
    def faulty(*arguments: Any, **named: Any) -> Any:
        articles, count = page(*arguments, **named)
        return articles[::-1], count

    return faulty


def without(words: str) -> Callable[[Any, Flask], None]:
    """Remove text from the complete SQLite schema."""

    def breakage(part: Any, app: Flask) -> None:
        upgrade = part.upgrade

        def faulty(revision: str | None = None) -> None:
            upgrade(revision)
            connection = sqlite3.connect(app.config["DATABASE"].location)
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, '') WHERE type = 'table'", [words])
            connection.commit()
            connection.close()

        part.upgrade = faulty

    return breakage


class Rights:
    """Return the same rights for every user."""

    def __init__(self, answer: bool) -> None:
        self.may = lambda permission, owner=None: answer


def status(declared: int, sent: int) -> Callable[[Any, Flask], None]:
    """Respond with a status that is not declared."""

    def breakage(part: Any, app: Flask) -> None:
        @app.after_request
        def change(response: Any) -> Any:
            if response.status_code == declared:
                response.status_code = sent
            return response

    return breakage


BREAKAGES: dict[str, dict[str, Callable[[Any, Flask], None]]] = {
    "orm": {
        "pages_reversed": replaced("articles", reversed_page),
        "feed_reversed": replaced("feed", reversed_page),
        "comments_reversed": replaced("comments", lambda comments: lambda *a, **k: comments(*a, **k)[::-1]),
        "tags_reversed": replaced("tags", lambda tags: lambda: tags()[::-1]),
        "follow_forgotten": replaced("follow", lambda follow: lambda viewer, profile: None),
        "article_not_removed": replaced("remove", lambda remove: lambda article: None),
        "user_not_removed": replaced("remove_user", lambda remove: lambda user, staff=(): None),
    },
    "migrations": {"ids_used_again": without("AUTOINCREMENT"), "nothing_cascades": without("ON DELETE CASCADE")},
    "hashing": {
        "every_password_right": replaced("verify", lambda verify: lambda password_hash, password: True),
        "no_password_right": replaced("verify", lambda verify: lambda password_hash, password: False),
        "case_ignored": replaced(
            "verify", lambda verify: lambda password_hash, password: verify(password_hash, password.lower())
        ),
    },
    "permissions": {
        "everybody_may": replaced("of", lambda of: lambda user: Rights(True)),
        "nobody_may": replaced("of", lambda of: lambda user: Rights(False)),
    },
    "limits": {
        "nothing_counted": replaced("count", lambda count: lambda *limits: None),
        "nothing_checked": replaced("check", lambda check: lambda *limits: None),
        "one_counter_for_all": replaced(
            "count", lambda count: lambda *limits: count(*(each._replace(key=()) for each in limits))
        ),
    },
    "tokens": {
        "nobody_known": replaced("caller", lambda caller: lambda: None),
        "forged_tokens_accepted": replaced("caller", first_user_on_refusal),
        "one_token_for_all": replaced("issue", lambda issue: lambda user_id: issue(1)),
    },
    "validation": {
        "short_passwords_pass": replaced("loader", short_passwords_pass),
        "surplus_field": replaced("dumper", surplus_field),
    },
    "docs": {"created_is_ok": status(201, 200), "invalid_is_bad": status(422, 400), "deleted_is_ok": status(204, 200)},
}  # fmt: skip
"""For each slot that the API uses, the faults that its tests must detect."""


def pytest_configure(config: pytest.Config) -> None:
    slot, option, fault = os.environ["BREAK"].split()
    module = import_module(f"assembly_required.adapters.{slot}.{option}")
    build = module.build

    def build_broken(app: Flask, *others: Any) -> Any:
        part = build(app, *others)
        BREAKAGES[slot][fault](part, app)
        return part

    setattr(module, "build", build_broken)  # noqa: B010 - mypy does not know the name
