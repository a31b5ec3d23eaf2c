"""Concurrent access: what readers see during writes, and what is stored afterwards."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier, Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from assembly_required.conduit import model
from assembly_required.conduit.errors import LastStaff, NotFound, Refusal, Taken
from assembly_required.conduit.interfaces import Store
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.site.browser import Staff
from tests.slots.orm.conftest import by_hand

AT_ONCE = 6
TAGS = [f"t{number}" for number in range(10)]


def at_once(app: Flask, act: Callable[[int], Any]) -> list[Any]:
    """Call the store from several threads at once. Return the result or the ``Refusal`` of each."""
    barrier = Barrier(AT_ONCE)

    def wait_and_act(number: int) -> Any:
        barrier.wait(timeout=30)
        with app.app_context():
            try:
                return act(number)
            except Refusal as refusal:
                return refusal

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(wait_and_act, range(AT_ONCE)))


def writer(app: Flask, store: Store) -> model.User:
    with app.app_context():
        return store.add_user("writer", "writer@x.de", "x")


def published(app: Flask, store: Store, author: model.User, slug: str, tags: list[str]) -> model.Article:
    with app.app_context():
        return store.publish(author, slug, "T", "D", "B", tags, model.now())


def keys(results: list[Any]) -> list[str]:
    return [result.key for result in results if isinstance(result, Taken)]


def test_one_slug(app: Flask, store: Store) -> None:
    author = writer(app, store)
    for number in range(5):
        found = at_once(app, lambda _: store.publish(author, f"s{number}", "T", "D", "B", TAGS, model.now()))  # noqa: B023
        assert keys(found) == ["slug"] * (AT_ONCE - 1)
    with app.app_context():
        assert store.articles(None, TAGS[0], None, None, 20, 0)[1] == 5


def test_one_username_and_one_email(app: Flask, store: Store) -> None:
    assert keys(at_once(app, lambda n: store.add_user("name", f"{n}@x.de", "x"))) == ["username"] * (AT_ONCE - 1)
    assert keys(at_once(app, lambda n: store.add_user(f"name{n}", "one@x.de", "x"))) == ["email"] * (AT_ONCE - 1)


def test_of_several_new_passwords_for_one_account_one_is_stored(app: Flask, store: Store) -> None:
    user = writer(app, store)
    with app.app_context():
        account = store.account(user.id)
    assert account
    found = at_once(app, lambda number: store.edit_and_sign_out(account, {"password_hash": f"hash {number}"}))
    (winner,) = (number for number, edited in enumerate(found) if edited)
    with app.app_context():
        changed = store.account(user.id)
    assert changed
    assert changed.password_hash == f"hash {winner}"
    assert changed.user.token_generation == 1


def test_one_favorite_and_one_follow(app: Flask, store: Store) -> None:
    author = writer(app, store)
    article = published(app, store, author, "slug", [])
    with app.app_context():
        reader = store.add_user("reader", "reader@x.de", "x")
        profile = store.profile("writer", reader)
        assert profile
    assert {found.favorites_count for found in at_once(app, lambda _: store.favorite(reader, article))} == {1}
    assert at_once(app, lambda _: store.follow(reader, profile)) == [None] * AT_ONCE
    with app.app_context():
        assert store.feed(reader, 20, 0)[1] == 1


def test_counts_stay_exact(app: Flask, store: Store) -> None:
    article = published(app, store, writer(app, store), "slug", [])
    with app.app_context():
        readers = [store.add_user(f"r{number}", f"r{number}@x.de", "x") for number in range(AT_ONCE)]

    def to_and_fro(number: int) -> None:
        for _ in range(5):
            store.favorite(readers[number], article)
            store.unfavorite(readers[number], article)
        store.favorite(readers[number], article)

    assert at_once(app, to_and_fro) == [None] * AT_ONCE
    with app.app_context():
        found = store.article("slug", None)
        assert found
        assert found.favorites_count == AT_ONCE


def test_the_same_new_tags_in_any_order(app: Flask, store: Store) -> None:
    """One transaction inserts a and waits for b, another inserts b and waits for a: a deadlock."""
    author = writer(app, store)
    for number in range(10):
        names = [f"{number} {tag}" for tag in TAGS]
        orders = [names, names[::-1]]
        found = at_once(
            app,
            lambda n: store.publish(author, f"{number} {n}", "T", "D", "B", orders[n % 2], model.now()),  # noqa: B023
        )
        assert all(isinstance(article, model.Article) and len(article.tag_list) == len(TAGS) for article in found)
    with app.app_context():
        assert len(store.tags()) == 10 * len(TAGS)


@pytest.mark.parametrize("database", ["postgresql"])
def test_who_waits_for_a_tag_holds_none_that_comes_later(app: Flask, store: Store) -> None:
    author = writer(app, store)
    insert = text("INSERT INTO tags (name) VALUES (:name)")
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with by_hand(app) as beside, by_hand(app) as other, ThreadPoolExecutor(1) as pool:
        other.execute(text("BEGIN"))
        other.execute(insert, {"name": "b"})
        waits = pool.submit(published, app, store, author, "slug", ["c", "b", "a"])
        while not beside.scalar(waiting):
            assert not waits.done()
        other.execute(insert, {"name": "c"})
        other.execute(text("COMMIT"))
        assert waits.result().tag_list == ["c", "b", "a"]


def test_a_reader_never_sees_an_article_without_its_tags(app: Flask, store: Store) -> None:
    author, over, numbers = writer(app, store), Event(), count()

    def write() -> None:
        try:
            with app.app_context():
                for _ in range(40):
                    article = store.publish(author, f"s{next(numbers) % 7}", "T", "D", "B", TAGS[:3], model.now())
                    article = store.edit(author, article, {"tag_list": TAGS[3:6], "updated_at": model.now()})
                    store.remove(article)
        finally:
            over.set()

    def read(number: int) -> int:
        seen = 0
        while not over.is_set():
            with app.app_context():
                listed = store.articles(None, None, "writer" if number % 2 else None, None, 20, 0)[0]
                one = store.article(f"s{seen % 7}", None)
            for article in [*listed, *([one] if one else [])]:
                assert article.tag_list in (TAGS[:3], TAGS[3:6])
            seen += 1
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, number) for number in range(3)]
        pool.submit(write).result()
        assert all(reader.result() > 0 for reader in readers)


def test_deleting_what_others_use(app: Flask, store: Store) -> None:
    author = writer(app, store)
    with app.app_context():
        reader = store.add_user("reader", "reader@x.de", "x")
    for number in range(5):
        article = published(app, store, author, f"s{number}", ["t"])
        acts: list[Callable[[], Any]] = [
            lambda a=article: store.remove(a),
            lambda a=article: store.favorite(reader, a),
            lambda a=article: store.add_comment(reader, a, "B", model.now()),
            lambda a=article: store.edit(author, a, {"tag_list": ["a", "b"], "updated_at": model.now()}),
            lambda a=article: store.unfavorite(reader, a),
            lambda a=article: store.article(a.slug, reader),
        ]
        for result in at_once(app, lambda n: acts[n]()):  # noqa: B023
            assert not isinstance(result, Refusal) or isinstance(result, NotFound)
    with by_hand(app) as connection:
        for table in ("articles", "article_tags", "favorites", "comments"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608


def test_deleting_a_user_while_others_are_at_work(app: Flask, store: Store) -> None:
    with app.app_context():
        users = [store.add_user(f"u{number}", f"u{number}@x.de", "x") for number in range(AT_ONCE)]
        articles = [store.publish(user, user.username, "T", "D", "B", ["t"], model.now()) for user in users]
        for user in users:
            for article in articles:
                store.favorite(user, article)

    def act(number: int) -> Any:
        if number == 0:
            return store.remove_user(users[0])
        store.unfavorite(users[number], articles[number - 1])
        return store.add_comment(users[number], articles[number - 1], "B", model.now())

    for result in at_once(app, act):
        assert not isinstance(result, Refusal) or isinstance(result, NotFound)
    with app.app_context():
        found, count = store.articles(None, None, None, None, 20, 0)
        assert count == AT_ONCE - 1
        assert [article.favorites_count for article in found] == [AT_ONCE - 1, *([AT_ONCE - 2] * (AT_ONCE - 2))]


@pytest.mark.parametrize("who", ["themselves", "each other"])
def test_of_the_last_users_who_must_not_all_go_one_stays(app: Flask, store: Store, who: str) -> None:
    for attempt in range(10):
        with app.app_context():
            users = [store.add_user(f"u{attempt}.{n}", f"u{attempt}.{n}@x.de", "x") for n in range(AT_ONCE)]
            store.publish(users[0], f"s{attempt}", "T", "D", "B", ["t"], model.now())
        staff = {user.id for user in users}
        gone = users if who == "themselves" else [*users[1:], users[0]]
        results = at_once(app, lambda number: store.remove_user(gone[number], staff))  # noqa: B023
        assert [type(result) for result in results if result].count(LastStaff) == 1, results
        assert len([result for result in results if result is None]) == AT_ONCE - 1
        with app.app_context():
            left = [user for user in users if store.user(user.id)]
            assert left == [user for user, result in zip(gone, results, strict=True) if result]


ADMINS = {
    "flask_admin": ("/admin/users/", "csrf_token", "/admin/users/delete/"),
    "django": ("/admin/django/user/add/", "csrfmiddlewaretoken", "/admin/django/user/{id}/delete/"),
}
"""For each option of ``admin``: a page with a token, the name of its field, and the page that deletes a user."""


@pytest.mark.parametrize(
    ("orm", "admin"), [*((orm, "flask_admin") for orm in SLOTS["orm"].names), ("django", "django")]
)
@pytest.mark.parametrize("who", ["themselves", "each other"])
def test_two_members_of_staff_delete(orm: str, admin: str, who: str, place: dict[str, Any], make_app: MakeApp) -> None:
    app = make_app(STACK_ORM=orm, STACK_ADMIN=admin, **place)
    people = People(Client(in_process(app)))
    pair = [Staff(app, people.new()) for _ in range(2)]
    for _ in range(3):
        ids = [find_id(app, member.person) for member in pair]
        delete_at_once(ADMINS[admin], pair, ids if who == "themselves" else ids[::-1])
        (left,) = (each for each in pair if people.log_in(each.person.email).status == 200)
        assert left.get("/admin/").status_code == 200
        pair = [left, Staff(app, people.new())]


def delete_at_once(admin: tuple[str, str, str], pair: list[Staff], ids: list[int]) -> None:
    page, field, delete = admin
    tokens = [re.findall(rf'name="{field}"[^>]* value="([^"]+)"', member.get(page).text)[0] for member in pair]
    barrier = Barrier(2)

    def submit(member: Staff, token: str, id: int) -> int:
        data = {field: token, "id": id, "post": "yes"}
        barrier.wait(timeout=30)
        return member.client.post(delete.format(id=id), data=data).status_code

    with ThreadPoolExecutor(2) as pool:
        assert max(pool.map(submit, pair, tokens, ids)) < 500


def find_id(app: Flask, person: Person) -> int:
    with app.app_context():
        found = assembled(app).store.find_account(person.email)
        assert found
        return found.user.id


@pytest.mark.parametrize("names", [["fine", "x" * 51], ["x" * 51]])
def test_a_fault_while_others_publish_leaves_nothing(app: Flask, store: Store, names: list[str]) -> None:
    author = writer(app, store)

    def act(number: int) -> str:
        try:
            store.publish(author, f"s{number}", "T", "D", "B", names if number % 2 else ["good"], model.now())
        except Exception as error:
            return type(error).__name__
        return ""

    results = at_once(app, act)
    assert [not result for result in results] == [number % 2 == 0 for number in range(AT_ONCE)]
    with app.app_context():
        assert store.articles(None, None, None, None, 20, 0)[1] == AT_ONCE // 2
        assert store.tags() == ["good"]
    with by_hand(app) as connection:
        assert connection.scalar(text("SELECT count(*) FROM tags")) == 1
