"""What one ORM writes, every other reads, compares, sorts, changes and deletes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from assembly_required.assembly import assembled
from assembly_required.conduit import limits
from assembly_required.interfaces import Store
from assembly_required.slots import SLOTS
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand

PAIRS = [(one, other) for one in SLOTS["orm"].names for other in SLOTS["orm"].names if one != other]
INSTANTS = [datetime(2026, 2, 3, 4, 5, 6, micro) for micro in (0, 1, 637000, 999999)]
TEXTS = ["😀", "e\u0301", "é", "trailing  ", "Ana", "ana", "x" * 200]


@contextmanager
def working(make_app: MakeApp, instance: Path, orm: str) -> Iterator[Store]:
    app = make_app(instance, STACK_ORM=orm)
    with app.app_context():
        yield assembled(app).store


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=" and ".join)
def test_one_writes_the_other_goes_on(make_app: MakeApp, tmp_path: Path, one: str, other: str) -> None:
    with working(make_app, tmp_path, one) as store:
        user = store.add_user("Ana", "ana@x.de", "hash")
        for number, at in enumerate(INSTANTS):
            store.publish(user, f"slug-{number}", "Title", "About", "Body", ["b", "a"], at)
    with working(make_app, tmp_path, other) as store:
        found, count = store.articles(user, "a", "Ana", None, 20, 0)
        assert count == len(INSTANTS)
        assert [article.created_at for article in found] == sorted(INSTANTS, reverse=True)
        assert all(article.tag_list == ["b", "a"] for article in found)
        for article in found:
            changed = store.edit(user, article, {"body": "New", "updated_at": article.created_at, "tag_list": ["c"]})
            assert changed.created_at == changed.updated_at == article.created_at
        store.publish(user, "between", "T", "D", "B", ["c"], datetime(2026, 2, 3, 4, 5, 6, 500))
    with working(make_app, tmp_path, one) as store:
        found, _ = store.articles(user, "c", None, None, 20, 0)
        assert [article.slug for article in found] == ["slug-3", "slug-2", "between", "slug-1", "slug-0"]
        store.remove(found[0])
    with working(make_app, tmp_path, other) as store:
        assert store.article("slug-3", None) is None
        assert store.tags() == ["c"]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=" and ".join)
def test_texts_are_the_same(make_app: MakeApp, tmp_path: Path, one: str, other: str) -> None:
    with working(make_app, tmp_path, one) as store:
        for number, text in enumerate(TEXTS):
            user = store.add_user(text[:64], f"{number}@x.de", "hash")
            store.publish(user, f"s{number}", text, text, text * (limits.BODY // len(text)), [text[:50]], INSTANTS[0])
    with working(make_app, tmp_path, other) as store:
        for number, text in enumerate(TEXTS):
            article = store.article(f"s{number}", None)
            assert article
            assert (article.title, article.description, article.tag_list) == (text, text, [text[:50]])
            assert article.body == text * (limits.BODY // len(text))
            assert store.articles(None, text[:50], text[:64], None, 20, 0)[1] == 1
        assert store.tags() == sorted(text[:50] for text in TEXTS)


def test_stored_instants_have_one_form(make_app: MakeApp, tmp_path: Path) -> None:
    for number, orm in enumerate(SLOTS["orm"].names):
        with working(make_app, tmp_path, orm) as store:
            user = store.add_user(orm, f"{number}@x.de", "hash")
            article = store.publish(user, orm, "T", "D", "B", ["t"], INSTANTS[0])
            store.add_comment(user, article, "B", INSTANTS[0])
    with by_hand(make_app(tmp_path)) as connection:
        for table in ("articles", "article_tags", "comments"):
            kept = connection.execute(f"SELECT DISTINCT created_at FROM {table}").fetchall()  # noqa: S608
            assert kept == [("2026-02-03 04:05:06.000000",)]
