"""The demo data: real articles over several months, all within the limits, and inserted only once."""

import re
from datetime import datetime, timedelta

import pytest

from assembly_required.conduit import limits
from assembly_required.conduit.model import now
from assembly_required.conduit.slugs import slugify
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import ok
from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp, options

ARTICLES = demo.read_articles()

each_article = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: slugify(article.title))


def test_there_are_twenty_articles_over_several_months_with_everything_around_them() -> None:
    assert len(ARTICLES) >= 20
    assert len({slugify(article.title) for article in ARTICLES}) == len(ARTICLES)
    assert ARTICLES[0].days_ago - ARTICLES[-1].days_ago > 120
    assert {article.author for article in ARTICLES} == set(demo.BIOS) == set(demo.FOLLOWS)
    assert {name for article in ARTICLES for name in article.likes} == set(demo.BIOS)
    assert {comment["author"] for article in ARTICLES for comment in article.comments} == set(demo.BIOS)


@each_article
def test_an_article_has_a_real_length_and_keeps_to_the_limits(article: demo.DemoArticle) -> None:
    assert 250 <= len(article.body.split()) <= 600
    assert len(article.title) <= limits.TITLE
    assert len(article.description) <= limits.DESCRIPTION
    assert 1 <= len(article.tags) <= limits.TAGS
    assert {article.author, *article.likes} <= set(demo.BIOS)
    assert article.author not in article.likes
    assert "|---" not in article.body, "the site renders CommonMark, which has no tables"
    for comment in article.comments:
        assert comment["author"] in demo.BIOS
        assert 0 < comment["days_later"] < article.days_ago


@each_article
def test_the_files_that_an_article_names_exist(article: demo.DemoArticle) -> None:
    for path in re.findall(r"`((?:src|tests|migrations)/[\w/.-]+)`", article.body):
        assert (ROOT / path).exists(), path


@each_article
def test_the_options_that_an_article_names_exist(article: demo.DemoArticle) -> None:
    for slot, option in re.findall(r"\b([a-z_]+) ?= ?([a-z_]+)\b", article.body):
        if slot in SLOTS:
            assert option in SLOTS[slot].names or option == "mine", f"{slot} = {option}"


def test_every_slot_is_written_about() -> None:
    bodies = "\n".join(article.body for article in ARTICLES)
    assert [name for name in SLOTS if f"`{name}" not in bodies] == []


def test_the_article_about_orms_shows_three_versions() -> None:
    (article,) = (article for article in ARTICLES if article.title == "What an ORM saves you")
    assert article.body.count("```python") == 3


@pytest.mark.parametrize("orm", options("orm"))
def test_every_orm_writes_all_of_it_and_only_once(make_app: MakeApp, orm: str) -> None:
    app = make_app(STACK_ORM=orm)
    anyone = Client(in_process(app))
    for _ in range(2):
        with app.app_context():
            demo.fill(assembled(app).store, assembled(app).hashing)
        listed = ok(anyone.get("/articles", limit=100))
        assert [article["title"] for article in listed["articles"]] == [article.title for article in ARTICLES[::-1]]
    newest, oldest = listed["articles"][0], listed["articles"][-1]
    age = now() - datetime.fromisoformat(oldest["createdAt"]).replace(tzinfo=None)
    assert abs(age - timedelta(days=ARTICLES[0].days_ago)) < timedelta(minutes=5)
    assert newest["author"]["image"] == f"/avatars/{newest['author']['username']}.svg"
    assert oldest["favoritesCount"] == len(ARTICLES[0].likes)
    comments = ok(anyone.get(f"/articles/{oldest['slug']}/comments"))["comments"]
    assert [comment["body"] for comment in comments] == [comment["body"] for comment in ARTICLES[0].comments]
    assert oldest["createdAt"] < comments[0]["createdAt"]


def test_an_article_of_somebody_else_with_the_same_title_does_no_harm(make_app: MakeApp) -> None:
    app = make_app()
    store = assembled(app).store
    with app.app_context():
        user = store.add_user("somebody", "somebody@example.com", "hash")
        store.publish(user, "assembly-required", "Assembly required", "D", "B", [], now())
        demo.fill(store, assembled(app).hashing)
    assert ok(Client(in_process(app)).get("/articles"))["articlesCount"] == len(ARTICLES) + 1
