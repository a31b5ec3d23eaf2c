"""The number of SQL statements for each read."""

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person
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


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/articles", 4),
        ("/articles?limit=100", 4),
        ("/articles?limit=1", 4),
        ("/articles?tag=common", 4),
        ("/articles?offset=1000", 4),
        ("/articles/feed", 4),
        ("/articles/{slug}", 2),
        ("/articles/{slug}/comments", 3),
        ("/user", 0),
    ],
)
def test_a_read_takes_so_many_statements_and_one_for_the_viewer(
    statements: Statements, app: Flask, path: str, most: int
) -> None:
    reader, slug = a_lot(app)
    with statements.noted() as sent:
        assert reader.get(path.replace("{slug}", slug)).status == 200
    assert 1 <= len(reads(sent)) <= most + 1, sent
    if path not in ("/user", "/articles/feed"):
        with statements.noted() as sent:
            assert Client(reader.send).get(path.replace("{slug}", slug)).status == 200
        assert 1 <= len(reads(sent)) <= most, sent


@pytest.mark.parametrize(("path", "most"), [("/", 5), ("/article/{slug}", 3), ("/login", 0), ("/api/tags", 1)])
def test_a_page_takes_a_fixed_number(statements: Statements, app: Flask, path: str, most: int) -> None:
    _, slug = a_lot(app)
    with statements.noted() as sent:
        assert app.test_client().get(path.replace("{slug}", slug)).status_code == 200
    assert len(reads(sent)) == most, sent


@pytest.mark.parametrize("database", ["sqlite"])
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
        plan = "; ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {page}"))
    assert f"USING COVERING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan
