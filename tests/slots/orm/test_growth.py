"""A list does the same work in a large blog as in a small one, counted in instructions of SQLite's virtual machine.

Unlike times they are the same in each run. ``flask compare --growth`` measures times.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from assembly_required.conduit import model
from assembly_required.conduit.interfaces import Store

START = datetime(2026, 1, 1)
ANAS = 25
"""The articles of the user Ana. Each has the tag, and she likes them all."""

STEP = 10
"""Instructions between two calls of the progress handler."""


class Work:
    """Counts the instructions on SQLite connections that are opened from now on."""

    def __init__(self) -> None:
        self.instructions = 0

    def advance(self) -> int:
        self.instructions += STEP
        return 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """Must come before ``app`` in the arguments of a test."""
    work = Work()
    connect = sqlite3.connect

    def connect_and_count(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_progress_handler(work.advance, STEP)
        return connection

    for module in (sqlite3.dbapi2, sqlite3):
        monkeypatch.setattr(module, "connect", connect_and_count)
    return work


@pytest.fixture
def ana(app: Flask, store: Store) -> Iterator[model.User]:
    """A user with some articles, on a small blog with one other author, whom she follows."""
    with app.app_context():
        ana, other = store.add_user("ana", "ana@x.de", "x"), store.add_user("other", "other@x.de", "x")
        fill(store, 1_000, ANAS, ana.id)
        fill(store, 2_000, ANAS, other.id)
        ids = range(1_000, 1_000 + ANAS)
        store.load(
            "favorites", [{"id": id, "article_id": id, "user_id": ana.id, "article_created_at": at(id)} for id in ids]
        )
        profile = store.profile("other", ana)
        assert profile
        store.follow(ana, profile)
        yield ana


def at(id: int) -> datetime:
    return START + timedelta(minutes=id)


def fill(store: Store, first: int, number: int, author: int) -> None:
    """Add articles, all with the same tag."""
    ids = range(first, first + number)
    texts = {"title": "T", "description": "D", "body": "B"}
    tags = {"tag_id": 1, "position": 0}
    if first == 1_000:
        store.load("tags", [{"id": 1, "name": "common"}])
    store.load(
        "articles",
        [
            {"id": id, "slug": f"s{id}", "created_at": at(id), "updated_at": at(id), "author_id": author, **texts}
            for id in ids
        ],
    )
    store.load("article_tags", [{"id": id, "article_id": id, "created_at": at(id), **tags} for id in ids])


def grow(store: Store) -> None:
    """Add many newer articles with the tag, which another user wrote and likes."""
    stranger = store.add_user("stranger", "stranger@x.de", "x")
    fill(store, 10_000, 3_000, stranger.id)
    ids = range(10_000, 13_000)
    rows = [{"id": id, "article_id": id, "user_id": stranger.id, "article_created_at": at(id)} for id in ids]
    store.load("favorites", rows)


def spend(work: Work, read: Any) -> tuple[Any, int]:
    """Return what a store reads, and the instructions it takes."""
    read()  # prepares the statements
    work.instructions = 0
    return read(), work.instructions


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"author": "ana"},
        {"favorited": "ana"},
        {"tag": "common", "author": "ana"},
        {"tag": "common", "favorited": "ana"},
        {"author": "ana", "favorited": "ana"},
        {"tag": "common", "author": "ana", "favorited": "ana"},
    ],
    ids=lambda filters: " ".join(filters) or "all",
)
def test_a_list_takes_the_same_work_in_a_large_blog(
    work: Work, ana: model.User, store: Store, filters: dict[str, str]
) -> None:
    asked = {"tag": None, "author": None, "favorited": None, **filters}

    def read() -> tuple[list[model.Article], int]:
        return store.articles(ana, **asked, limit=20, offset=0)

    (articles, count), small = spend(work, read)
    grow(store)
    (same, total), large = spend(work, read)
    if filters:
        assert (same, total) == (articles, count)
        assert (len(same), count) == (20, ANAS)
    assert 0 < large < 1.3 * small


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_feed_takes_the_same_work_in_a_large_blog(work: Work, ana: model.User, store: Store) -> None:
    (articles, count), small = spend(work, lambda: store.feed(ana, 20, 0))
    grow(store)
    assert spend(work, lambda: store.feed(ana, 20, 0))[0] == (articles, count)
    assert (len(articles), count) == (20, ANAS)
    assert 0 < work.instructions < 1.3 * small


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_tag_costs_no_more_than_counting_its_articles(work: Work, ana: model.User, store: Store) -> None:
    _, small = spend(work, lambda: store.articles(ana, "common", None, None, 20, 0))
    grow(store)
    (_, count), large = spend(work, lambda: store.articles(ana, "common", None, None, 20, 0))
    assert count == 2 * ANAS + 3_000
    assert large - small < 6 * 3_000
