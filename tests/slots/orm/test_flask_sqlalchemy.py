"""Details of ``orm = flask_sqlalchemy``: what is loaded with an article, and what the session sends."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.exc import InvalidRequestError

from assembly_required.adapters.orm.flask_sqlalchemy import store as module
from assembly_required.adapters.orm.flask_sqlalchemy.models import Article, Tagging, db
from assembly_required.adapters.orm.flask_sqlalchemy.store import PREVIEW, WHOLE
from assembly_required.conduit import model
from assembly_required.conduit.errors import NotFound
from assembly_required.conduit.interfaces import Store
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp
from tests.slots.orm.conftest import Statements

READS = ("SELECT", "WITH")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def app(statements: Statements, make_app: MakeApp, place: dict[str, Any]) -> Flask:
    return make_app(STACK_ORM="flask_sqlalchemy", **place)


@pytest.fixture
def store(app: Flask) -> Store:
    return assembled(app).store


def published(store: Store, count: int, tags: list[str]) -> model.User:
    """Publish articles with these tags as one author, who has them among their favorites."""
    author = store.add_user("ana", "ana@x.de", "x")
    for number in range(count):
        store.favorite(author, store.publish(author, f"s{number}", "T", "D", "B", tags, model.now()))
    return author


def reads(sent: list[str]) -> list[str]:
    return [each for each in sent if each not in ("", "SELECT 1") and each.split()[0] in READS]


@pytest.mark.parametrize("limit", [1, 20, 100])
@pytest.mark.parametrize("tags", [["a", "b", "c"], []], ids=["tags", "no tags"])
def test_a_list_takes_a_fixed_number(
    statements: Statements, app: Flask, store: Store, limit: int, tags: list[str]
) -> None:
    with app.app_context():
        author = published(store, 25, tags)
        for viewer, filters, most in (
            (None, (None, None, None), 4),
            (author, (None, None, None), 4),
            (author, (None, "ana", None), 4),
            (author, (None, None, "ana"), 4),
            (author, ("a", "ana", "ana"), 4),
        ):
            with statements.noted() as sent:
                store.articles(viewer, *filters, limit, 0)
            assert len(reads(sent)) <= most, sent


@pytest.mark.parametrize("tags", [[f"t{number}" for number in range(20)], []], ids=["tags", "no tags"])
def test_an_article_takes_a_fixed_number(statements: Statements, app: Flask, store: Store, tags: list[str]) -> None:
    with app.app_context():
        author = published(store, 3, tags)
        for viewer in (None, author):
            with statements.noted() as sent:
                assert store.article("s1", viewer)
            assert len(reads(sent)) <= 3, sent


@pytest.mark.parametrize(("number", "name"), [(0, "author"), (1, "tags"), (2, "favorites_count")])
def test_a_forgotten_option_is_an_error(
    app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch, number: int, name: str
) -> None:
    """Without the option for this attribute, its first use raises instead of loading it for each article."""
    with app.app_context():
        published(store, 2, ["a"])
        assert store.articles(None, None, None, None, 20, 0)[1] == 2
        monkeypatch.setattr(module, "PREVIEW", (*PREVIEW[:number], *PREVIEW[number + 1 :]))
        with pytest.raises(InvalidRequestError, match=rf"'Article\.{name}' is not available due to"):
            store.articles(None, None, None, None, 20, 0)


def test_a_list_reads_no_body_and_no_hash(statements: Statements, app: Flask, store: Store) -> None:
    with app.app_context():
        published(store, 2, ["a"])
        with statements.noted() as sent:
            store.articles(None, None, None, None, 20, 0)
        assert not [each for each in sent if "body" in each or "password_hash" in each], sent
        (article, *_) = db.session.scalars(select(Article).options(*PREVIEW))
        with pytest.raises(InvalidRequestError):
            assert article.body


def test_what_is_read_again_is_what_another_has_written(app: Flask, store: Store) -> None:
    with app.app_context():
        author = published(store, 1, ["a"])
        held = db.session.scalars(select(Article).options(*WHOLE)).one()
        with app.app_context():
            other = assembled(app).store
            article = other.article("s0", None)
            assert article
            other.edit(author, article, {"title": "New", "updated_at": model.now(), "tag_list": ["b"]})
        assert held.title == "T"
        again = store.article("s0", None)
        assert again
        assert (again.title, again.tag_list) == ("New", ["b"])


def test_only_what_has_changed_is_updated(statements: Statements, app: Flask, store: Store) -> None:
    with app.app_context():
        author = published(store, 1, ["a", "b"])
        article = store.article("s0", author)
        assert article
        with statements.noted() as sent:
            store.edit(author, article, {"title": "T", "description": "New"})
        (update,) = [each for each in sent if each.startswith("UPDATE")]
        assert "description" in update
        assert "title" not in update
        assert not [each for each in sent if each.startswith(("INSERT", "DELETE"))]


def test_tags_keep_their_order_when_some_stay(app: Flask, store: Store) -> None:
    with app.app_context():
        author = published(store, 1, ["a", "b", "c"])
        article = store.article("s0", author)
        assert article
        changed = store.edit(author, article, {"tag_list": ["c", "d", "a"], "updated_at": model.now()})
        assert changed.tag_list == ["c", "d", "a"]
        assert list(db.session.scalars(select(Tagging.position).order_by(Tagging.position))) == [0, 1, 2]


def test_an_entity_that_is_gone_at_the_flush_is_not_found(app: Flask, store: Store) -> None:
    """The session still holds the article, so ``session.get`` sends nothing and the UPDATE finds no row."""
    with app.app_context():
        author = published(store, 1, ["a"])
        article = store.article("s0", author)
        assert article
        held = db.session.get(Article, article.id)
        assert inspect(held).persistent
        with app.app_context():
            assembled(app).store.remove(article)
        with pytest.raises(NotFound):
            store.edit(author, article, {"title": "New", "updated_at": model.now()})
