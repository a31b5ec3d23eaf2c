"""Every ORM can read, compare, sort, change and delete rows that another ORM wrote, in SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from assembly_required.conduit import limits, model
from assembly_required.conduit.interfaces import Store
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand

PAIRS = [(one, other) for one in SLOTS["orm"].names for other in SLOTS["orm"].names if one != other]
INSTANTS = [datetime(2026, 2, 3, 4, 5, 6, micro) for micro in (0, 1, 637000, 999999)]
TEXTS = ["😀", "e\u0301", "é", "trailing  ", "trailing", " leading", "Ana", "ana", "ANA", "o'hara", '"%_\\', "x" * 200]

each_pair = pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{one} then {other}" for one, other in PAIRS])


@pytest.fixture
def working(make_app: MakeApp, tmp_path: Path, place: dict[str, Any]) -> Any:
    """A function that opens the test's database with an ORM."""

    @contextmanager
    def opened(orm: str) -> Iterator[Store]:
        app = make_app(tmp_path, STACK_ORM=orm, **place)
        with app.app_context():
            yield assembled(app).store

    return opened


@each_pair
def test_one_writes_the_other_goes_on(working: Any, one: str, other: str) -> None:
    with working(one) as store:
        user = store.add_user("Ana", "ana@x.de", "hash")
        for number, at in enumerate(INSTANTS):
            article = store.publish(user, f"slug-{number}", "Title", "About", "Body", ["b", "a"], at)
            store.favorite(user, article)
            store.add_comment(user, article, "Comment", at)
    with working(other) as store:
        assert store.find_account("ana@x.de") == model.Account(user, "hash", None, None, None)
        for filters in (("a", "Ana", None), (None, None, "Ana"), ("b", "Ana", "Ana")):
            found, count = store.articles(user, *filters, 20, 0)
            assert count == len(INSTANTS)
            assert [article.created_at for article in found] == sorted(INSTANTS, reverse=True)
        assert all(article.tag_list == ["b", "a"] for article in found)
        assert all((article.favorited, article.favorites_count) == (True, 1) for article in found)
        for article in found:
            (comment,) = store.comments(article, None)
            assert comment.created_at == comment.updated_at == article.created_at
            store.remove_comment(comment)
            changed = store.edit(user, article, {"body": "New", "updated_at": article.created_at, "tag_list": ["c"]})
            assert changed.created_at == changed.updated_at == article.created_at
        between = store.publish(user, "between", "T", "D", "B", ["c"], datetime(2026, 2, 3, 4, 5, 6, 500))
        store.favorite(user, between)
    with working(one) as store:
        for filters in (("c", None, None), (None, None, "Ana"), (None, "Ana", None)):
            found, _ = store.articles(user, *filters, 20, 0)
            assert [article.slug for article in found] == ["slug-3", "slug-2", "between", "slug-1", "slug-0"]
        assert store.comments(found[0], None) == []
        store.unfavorite(user, found[1])
        store.remove(found[0])
    with working(other) as store:
        assert store.article("slug-3", None) is None
        assert store.articles(user, None, None, "Ana", 20, 0)[1] == 3
        assert store.tags() == ["c"]
        store.remove_user(user)
    with working(one) as store:
        assert store.articles(None, None, None, None, 20, 0) == ([], 0)


@each_pair
def test_texts_are_the_same(working: Any, one: str, other: str) -> None:
    with working(one) as store:
        for number, words in enumerate(TEXTS):
            user = store.add_user(words[:64], f"{number}@x.de", "hash")
            body = words * (limits.BODY // len(words))
            store.publish(user, f"s{number}", words, words, body, [words[:50]], INSTANTS[0])
    with working(other) as store:
        for number, words in enumerate(TEXTS):
            article = store.article(f"s{number}", None)
            assert article
            assert (article.title, article.description, article.tag_list) == (words, words, [words[:50]])
            assert article.body == words * (limits.BODY // len(words))
            assert store.articles(None, words[:50], words[:64], None, 20, 0)[1] == 1
            profile = store.profile(words[:64], None)
            assert profile
            assert profile.username == words[:64]
            assert store.edit(article.author, article, {"title": words[::-1], "updated_at": INSTANTS[1]})
        assert store.tags() == sorted(words[:50] for words in TEXTS)
    with working(one) as store:
        for number, words in enumerate(TEXTS):
            article = store.article(f"s{number}", None)
            assert article
            assert (article.title, article.updated_at) == (words[::-1], INSTANTS[1])


@pytest.mark.parametrize("database", ["sqlite"])
def test_stored_instants_have_one_form(make_app: MakeApp, tmp_path: Path, working: Any) -> None:
    for number, orm in enumerate(SLOTS["orm"].names):
        with working(orm) as store:
            user = store.add_user(orm, f"{number}@x.de", "hash")
            article = store.publish(user, orm, "T", "D", "B", ["t"], INSTANTS[0])
            store.edit(user, article, {"updated_at": INSTANTS[0]})
            store.favorite(user, article)
            store.add_comment(user, article, "B", INSTANTS[0])
    columns = {
        "articles": ("created_at", "updated_at"), "article_tags": ("created_at",),
        "favorites": ("article_created_at",), "comments": ("created_at", "updated_at"),
    }  # fmt: skip
    with by_hand(make_app(tmp_path)) as connection:
        for table, names in columns.items():
            for name in names:
                kept = connection.execute(text(f"SELECT DISTINCT {name} FROM {table}")).scalars().all()  # noqa: S608
                assert kept == ["2026-02-03 04:05:06.000000"]
