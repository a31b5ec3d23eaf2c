"""The number of SQL statements for each read."""

from importlib import import_module

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_each
from assembly_required.contract.people import People, Person
from assembly_required.stack.slots import SLOTS
from tests.slots.orm.conftest import Statements, by_hand

READS = ("SELECT", "WITH")


def a_lot(app: Flask) -> tuple[Person, str]:
    """A user who follows an author with many articles, each with tags, comments and favorites."""
    people = People(Client(in_process(app)))
    reader, author = people.new(), people.new()
    reader.post(f"/profiles/{author.username}/follow")
    slug = ""
    for number in range(30):
        slug = author.publish(tagList=[f"t{number}", "common"])["slug"]
        reader.comment(slug)
        reader.comment(slug)
        reader.post(f"/articles/{slug}/favorite")
    return reader, slug


def reads(sent: list[str]) -> list[str]:
    """Return the statements without those that a pool sends to check a connection."""
    return [statement for statement in sent if statement not in ("", "SELECT 1") and statement.split()[0] in READS]


READ = {
    "/articles": (4, 6),
    "/articles?limit=100": (4, 6),
    "/articles?limit=1": (4, 6),
    "/articles?tag=common": (4, 6),
    "/articles?author={author}": (4, 6),
    "/articles?favorited={reader}": (4, 6),
    "/articles?offset=1000": (4, 6),
    "/articles/feed": (0, 6),
    "/articles/{slug}": (5, 5),
    "/articles/{slug}/comments": (4, 6),
    "/profiles/{author}": (2, 3),
    "/user": (0, 1),
    "/tags": (1, 1),
}
"""From a path to the most statements for a visitor, 0 if it is refused to them, and for somebody signed in."""


def test_a_read_takes_few_statements_however_long_its_list(statements: Statements, app: Flask) -> None:
    reader, slug = a_lot(app)
    author = reader.get(f"/articles/{slug}").json["article"]["author"]["username"]

    def check(path: str) -> None:
        most, most_signed_in = READ[path]
        for caller, limit in ((reader, most_signed_in), (Client(reader.send), most)):
            with statements.noted() as sent:
                answer = caller.get(path.format(slug=slug, author=author, reader=reader.username))
            assert answer.status == (200 if limit else 401)
            assert len(reads(sent)) <= limit, sent

    expect_each(check, [(path,) for path in READ])


EXACT = ("sqlalchemy_core", "plain")
"""The options that are written for speed, or by hand."""


JOINED = {"sqlalchemy_core": 1}
"""The options that read the tags of a page together with its ids, and the number of statements that this saves."""


FAST = {
    "/articles?limit=20": 4,
    "/articles?limit=20&tag=common": 4,
    "/articles?offset=1000": 2,
    "/articles/feed?limit=20": 4,
    "/articles/{slug}": 2,
    "/articles/{slug}/comments": 3,
    "/user": 0,
}
"""From a path to its statements, without the one that finds the caller."""


@pytest.mark.parametrize("orm", [name for name in SLOTS["orm"].names if name in EXACT])
def test_a_fast_read_takes_exactly_so_many_and_one_for_the_viewer(statements: Statements, app: Flask, orm: str) -> None:
    reader, slug = a_lot(app)

    def check(path: str) -> None:
        with statements.noted() as sent:
            assert reader.get(path.format(slug=slug)).status == 200
        saved = JOINED.get(orm, 0) if "limit" in path else 0
        assert len(reads(sent)) == FAST[path] - saved + 1, sent

    expect_each(check, [(path,) for path in FAST])


@pytest.mark.full
@pytest.mark.parametrize("path", ["/", "/?page=2", "/tag/common", "/article/{slug}", "/login", "/api/tags"])
def test_a_page_takes_the_same_number_for_one_article_and_for_thirty(
    statements: Statements, app: Flask, path: str
) -> None:
    author = People(Client(in_process(app))).new()
    slug = author.publish(tagList=["common"])["slug"]
    author.comment(slug)

    def count(slug: str) -> int:
        with statements.noted() as sent:
            assert app.test_client().get(path.format(slug=slug)).status_code == 200
        return len(reads(sent))

    count(slug)  # The first request also asks for the schema.
    before = count(slug)
    _, slug = a_lot(app)
    assert count(slug) <= before + (2 if "page" in path else 0)


def remove_from_flask_sqlalchemy(monkeypatch: pytest.MonkeyPatch) -> None:
    store = import_module("assembly_required.adapters.orm.flask_sqlalchemy.store")
    author, _, count, _ = store.WHOLE
    monkeypatch.setattr(store, "PREVIEW", (author, count))


def remove_from_peewee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peewee.ModelSelect.with_related", lambda query, load: query)


def remove_from_django(monkeypatch: pytest.MonkeyPatch) -> None:
    models = import_module("assembly_required.adapters.orm.django.models")
    monkeypatch.setattr(models.ArticleQuerySet, "with_tags", lambda queryset: queryset)


EAGER = {
    "flask_sqlalchemy": remove_from_flask_sqlalchemy,
    "peewee": remove_from_peewee,
    "django": remove_from_django,
}
"""For each ORM that loads tags eagerly, the function that removes this."""


def test_every_orm_with_relationships_loads_them_eagerly() -> None:
    assert {*EAGER, *EXACT} == set(SLOTS["orm"].names)


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("orm", EAGER)
def test_a_list_without_its_eager_load_would_be_noticed(
    statements: Statements, app: Flask, orm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_lot(app)
    EAGER[orm](monkeypatch)
    with statements.noted() as sent:
        assert app.test_client().get("/api/articles?limit=30").status_code == 200
    assert len(reads(sent)) > 30


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize("orm", [name for name in SLOTS["orm"].names if name in EXACT])
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("tag=common", "ix_article_tags_tag_id_created_at_article_id"),
        ("favorited={reader}", "ix_favorites_user_id_article_created_at_article_id"),
        ("author={author}", "ix_articles_author_id_created_at_id"),
    ],
)
def test_a_page_is_a_stretch_of_one_index(statements: Statements, app: Flask, query: str, index: str) -> None:
    reader, slug = a_lot(app)
    author = reader.get(f"/articles/{slug}").json["article"]["author"]["username"]
    with statements.noted() as sent:
        app.test_client().get(f"/api/articles?limit=5&{query.format(reader=reader.username, author=author)}")
    (page,) = [statement for statement in sent if "ORDER BY" in statement and "LIMIT 5" in statement]
    with by_hand(app) as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {page}").all()
    subquery = next((step.id for step in steps if step.detail.startswith(("CO-ROUTINE", "MATERIALIZE"))), 0)
    plan = "; ".join(step.detail for step in steps if step.parent == subquery)
    assert f"USING COVERING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
