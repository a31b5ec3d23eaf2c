"""Constraints of the database, and how a store handles errors."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assembly_required.conduit import model
from assembly_required.conduit.errors import NotFound, Refusal, Taken, Unauthorized
from assembly_required.conduit.interfaces import Store
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import ok
from assembly_required.contract.people import People
from tests.slots.orm.conftest import by_hand

IMPOSSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("users", {"username": "", "email": "x@x.de", "password_hash": "x"}),
    ("users", {"username": "x" * 65, "email": "x@x.de", "password_hash": "x"}),
    ("users", {"username": None, "email": "x@x.de", "password_hash": "x"}),
    ("users", {"username": "x", "email": "x@x.de", "password_hash": "x", "bio": "x" * 1001}),
    ("tags", {"name": "x" * 51}),
    ("follows", {"follower_id": 999, "followed_id": 999}),
    ("grants", {"user_id": 999, "name": "staff"}),
    ("favorites", {"user_id": 999, "article_id": 999}),
]
"""Rows that no table takes."""


def test_the_database_keeps_the_rules_too(app: Flask) -> None:
    for table, row in IMPOSSIBLE:
        columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with by_hand(app) as connection, pytest.raises(DBAPIError):
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)  # noqa: S608


def test_a_value_that_the_database_refuses_is_a_fault_and_no_refusal(app: Flask, store: Store) -> None:
    with app.app_context(), pytest.raises(Exception, match="ck_users_username") as raised:
        store.add_user("", "x@x.de", "x")
    assert not isinstance(raised.value, Refusal)


def gone_things(app: Flask, store: Store) -> tuple[model.User, model.Profile, model.Article]:
    """A user, a profile and an article that have been deleted since they were loaded."""
    user = store.add_user("gone", "gone@x.de", "x")
    article = store.publish(user, "gone", "T", "D", "B", [], model.now())
    profile = store.profile("gone", None)
    assert profile
    store.remove_user(user)
    return user, profile, article


def test_what_is_gone_is_said_to_be_gone(app: Flask, store: Store) -> None:
    with app.app_context():
        user, profile, article = gone_things(app, store)
        here = store.add_user("here", "here@x.de", "x")
        acts: list[tuple[type[Refusal], Any]] = [
            (Unauthorized, lambda: store.edit_user(user, {"bio": "b"})),
            (Unauthorized, lambda: store.publish(user, "s", "T", "D", "B", ["t"], model.now())),
            (NotFound, lambda: store.follow(here, profile)),
            (NotFound, lambda: store.grant(user, "staff")),
            (NotFound, lambda: store.edit(here, article, {"body": "b", "updated_at": model.now()})),
            (NotFound, lambda: store.edit(here, article, {"tag_list": ["a"], "updated_at": model.now()})),
            (NotFound, lambda: store.favorite(here, article)),
            (NotFound, lambda: store.unfavorite(here, article)),
            (NotFound, lambda: store.add_comment(here, article, "b", model.now())),
        ]
        for refusal, act in acts:
            with pytest.raises(refusal):
                act()
        store.unfollow(here, profile)
        store.revoke(user, "staff")
        store.remove(article)


def test_a_taken_slug_leaves_nothing_behind(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("a", "a@x.de", "x")
        store.publish(user, "slug", "T", "D", "B", ["one"], model.now())
        with pytest.raises(Taken) as raised:
            store.publish(user, "slug", "T", "D", "B", ["two"], model.now())
        assert raised.value.key == "slug"
        assert store.tags() == ["one"]
        assert store.articles(None, None, None, None, 20, 0)[1] == 1
        other = store.publish(user, "other", "T", "D", "B", [], model.now())
        with pytest.raises(Taken):
            store.edit(user, other, {"slug": "slug", "updated_at": model.now()})


def test_recent_tags_are_those_used_last(app: Flask, store: Store) -> None:
    with app.app_context():
        assert store.recent_tags(20) == []
        user = store.add_user("a", "a@x.de", "x")
        for number in range(25):
            store.publish(user, f"s{number}", "T", "D", "B", ["common", f"t{number}"], model.now())
        assert store.recent_tags(3) == ["t24", "common", "t23"]
        assert len(store.recent_tags(20)) == 20
        first = store.article("s0", user)
        assert first
        store.edit(user, first, {"tag_list": ["rare"], "updated_at": model.now()})
        assert store.recent_tags(2) == ["rare", "t24"]
        store.remove(first)
        assert store.recent_tags(2) == ["t24", "common"]


def test_a_fault_in_the_middle_of_publishing_leaves_nothing(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("a", "a@x.de", "x")
        with pytest.raises(Exception, match=r"ck_tags_name|too long"):
            store.publish(user, "slug", "T", "D", "B", ["fine", "x" * 51], model.now())
        assert store.articles(None, None, None, None, 20, 0) == ([], 0)
    with by_hand(app) as connection:
        assert connection.scalar(text("SELECT count(*) FROM tags")) == 0


def test_a_reader_does_not_wait_for_a_writer(app: Flask) -> None:
    person = People(Client(in_process(app))).new()
    with by_hand(app) as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("UPDATE users SET bio = 'not yet'")
        assert ok(person.get("/user"))["user"]["bio"] is None
        connection.exec_driver_sql("ROLLBACK")


def test_rows_can_be_loaded_at_once(app: Flask, store: Store) -> None:
    at = model.now()
    with app.app_context():
        store.load(
            "users", [{"id": n, "username": f"u{n}", "email": f"u{n}@x.de", "password_hash": "x"} for n in (7, 9)]
        )
        texts = {"title": "T", "description": "D", "body": "B"}
        store.load("articles", [{"id": 5, "slug": "s", **texts, "created_at": at, "updated_at": at, "author_id": 7}])
        article = store.article("s", None)
        assert article
        assert (article.created_at, article.author.username) == (at, "u7")
        assert store.add_user("next", "next@x.de", "x").id > 9


def test_grants_are_given_once_and_taken_away(app: Flask, store: Store) -> None:
    with app.app_context():
        user, other = store.add_user("a", "a@x.de", "x"), store.add_user("b", "b@x.de", "x")
        assert store.grants(user) == []
        for name in ("staff", "moderators", "staff"):
            store.grant(user, name)
        assert (store.grants(user), store.grants(other)) == (["moderators", "staff"], [])
        assert store.users_with_grants() == [user.id]
        store.revoke(user, "moderators")
        store.revoke(user, "moderators")
        assert store.grants(user) == ["staff"]
        store.remove_user(user)
        assert store.grants(user) == []


def test_an_account_knows_more_than_its_user(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("a", "a@x.de", "hash")
        assert store.account(user.id) == model.Account(user, "hash", None, None, None)
        store.edit_user(user, {"confirmed_email": "a@x.de"})
        assert store.account(user.id) == model.Account(user, "hash", "a@x.de", None, None)
        assert store.account(user.id + 1) is None


def start_session(store: Store, user: model.User, key: str, at: datetime) -> model.Session:
    session = model.Session(key, user, at, at + timedelta(hours=1))
    store.add_session(session)
    return session


def test_a_session_is_found_by_its_hash_until_it_is_removed(app: Flask, store: Store) -> None:
    with app.app_context():
        user, other = (store.add_user(name, f"{name}@x.de", "x") for name in "ab")
        at = model.now()
        one, two, others = (
            start_session(store, whose, key, at) for whose, key in ((user, "one"), (user, "two"), (other, "others"))
        )
        assert [store.session(key) for key in ("one", "two", "others", "none")] == [one, two, others, None]
        store.remove_session("one")
        store.remove_session("one")
        assert [store.session(key) for key in ("one", "two", "others")] == [None, two, others]
        store.remove_sessions(user)
        assert [store.session(key) for key in ("two", "others")] == [None, others]
        store.remove_user(other)
        assert store.session("others") is None
        with pytest.raises(Unauthorized):
            start_session(store, other, "late", at)


def test_a_sign_in_removes_some_expired_sessions(app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.conduit.limits.EXPIRED_SESSIONS", 2)
    with app.app_context():
        user = store.add_user("a", "a@x.de", "x")
        long_ago = model.now() - timedelta(days=9)
        for minute, key in enumerate(("first", "second", "third")):
            start_session(store, user, key, long_ago + timedelta(minutes=minute))
        valid = start_session(store, user, "valid", model.now())
        assert [key for key in ("first", "second", "third") if store.session(key)] == ["third"]
        assert store.session("valid") == valid


def test_an_account_is_edited_and_signed_out_only_as_it_was_read(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("a", "a@x.de", "old")
        account = store.account(user.id)
        assert account
        start_session(store, user, "key", model.now())
        until = datetime(2026, 2, 3, 4, 5, 6)
        changes = {"password_hash": "new", "previous_email": "b@x.de", "previous_email_until": until}
        edited = store.edit_and_sign_out(account, changes)
        assert edited == model.User(user.id, "a", "a@x.de", None, None, token_generation=1)
        changed = store.account(user.id)
        assert changed == model.Account(edited, "new", None, "b@x.de", until)
        assert store.session("key") is None
        start_session(store, user, "key", model.now())
        assert store.edit_and_sign_out(account, {"password_hash": "newer"}) is None
        assert store.account(user.id) == changed
        assert store.session("key")
        store.edit_user(user, {"email": "c@x.de"})
        assert store.edit_and_sign_out(changed, {"password_hash": "newer"}) is None
        store.remove_user(user)
        assert store.edit_and_sign_out(changed, {"password_hash": "newer"}) is None


def test_the_email_of_another_account_is_taken_when_signing_out_too(app: Flask, store: Store) -> None:
    with app.app_context():
        user = store.add_user("a", "a@x.de", "old")
        store.add_user("b", "b@x.de", "x")
        account = store.account(user.id)
        assert account
        with pytest.raises(Taken) as raised:
            store.edit_and_sign_out(account, {"email": "b@x.de"})
        assert raised.value.key == "email"
        assert store.account(user.id) == account


def test_a_change_is_recorded_for_good(app: Flask, store: Store) -> None:
    with app.app_context():
        at = model.now()
        store.record("ana", "delete", "article", "x" * 255, at)
        store.remove_user(store.add_user("ana", "ana@x.de", "x"))
    with by_hand(app) as connection:
        (row,) = connection.execute(text("SELECT username, action, kind, name FROM changes"))
        assert tuple(row) == ("ana", "delete", "article", "x" * 255)


def test_rows_are_found_filtered_and_sorted(app: Flask, orm: str, store: Any) -> None:
    """Only stores without an admin generated from models need ``rows``."""
    if store.models and orm != "django":
        assert not hasattr(store, "rows")
        return
    with app.app_context():
        users = [store.add_user(name, f"{name}@x.de", "x") for name in ("Ana", "b_b", "bob", "100%")]
        for number, user in enumerate(users):
            store.add_comment(user, store.publish(user, f"s{number}", "T", "D", "B", [], model.now()), "C", model.now())

        def found(conditions: list[Any], order: str = "id", limit: int = 10, offset: int = 0) -> Any:
            rows, count = store.rows("users", ["id", "username"], conditions, order, limit, offset)
            return [row["username"] for row in rows], count

        assert found([]) == (["Ana", "b_b", "bob", "100%"], 4)
        assert found([], "-username", 2, 1)[1] == 4
        assert found([], "-id", 2, 1) == (["bob", "b_b"], 4)
        assert found([(("username", "email"), "contains", "aNA")]) == (["Ana"], 1)
        assert found([(("username",), "contains", "_")]) == (["b_b"], 1)
        assert found([(("username",), "contains", "%")]) == (["100%"], 1)
        assert found([(("username",), "equals", "BOB")]) == (["bob"], 1)
        assert found([(("id",), "equals", str(users[0].id))]) == (["Ana"], 1)
        assert found([(("username",), "contains", "b"), (("email",), "contains", "bob")]) == (["bob"], 1)
        assert found([(("username",), "contains", "'; DROP TABLE users --")]) == ([], 0)
        rows, _ = store.rows("comments", ["id", "author.username", "article.slug"], [], "id", 1, 0)
        assert (rows[0]["author.username"], rows[0]["article.slug"]) == ("Ana", "s0")
        rows, _ = store.rows("articles", ["slug"], [(("author.username",), "equals", "bob")], "-created_at", 9, 0)
        assert rows == [{"slug": "s2"}]
