"""The made-up data as lines of JSON, for applications that have a schema of their own.

Each line is an object with one key, the name of a table, and a list of its rows: ``{"users": [{"id": 1, ...}]}``. A row
comes after the rows that it refers to. Users have a ``password`` instead of a hash, and timestamps are UTC.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from ..conduit.model import now, timestamp
from ..conduit.slugs import slugify
from . import demo, seed
from .seed import Row

Tables = dict[str, Iterable[Row]]


def format_lines(tables: Tables) -> Iterator[str]:
    """Format tables as lines of JSON, each with up to a thousand rows."""
    for table, rows in tables.items():
        for batch in seed.split_batches(rows):
            yield json.dumps({table: batch}, default=timestamp) + "\n"


def export_seed(users: int, articles: int) -> Tables:
    """Return the rows of ``flask seed``."""
    tables: Tables = {**seed.tables(users, articles, "")}
    return {**tables, "users": map(with_password, seed.generate_users(users, ""))}


def with_password(user: Row) -> Row:
    """Replace the hash of a generated user by their password."""
    del user["password_hash"]
    return {**user, "password": seed.PASSWORD}


def export_demo() -> Tables:
    """Return the rows of ``flask setup --demo``, with ids from 1."""
    ids = {name: number for number, name in enumerate(demo.BIOS, 1)}
    articles = demo.read_articles()
    tags = dict.fromkeys(name for article in articles for name in article.tags)
    tag_ids = {name: number for number, name in enumerate(tags, 1)}
    today = now()
    dates = [today - timedelta(days=article.days_ago) for article in articles]
    dated = [*enumerate(zip(articles, dates, strict=True), 1)]
    return {
        "tags": [{"id": id, "name": name} for name, id in tag_ids.items()],
        "users": [export_user(name, ids[name]) for name in demo.BIOS],
        "follows": number(
            {"follower_id": ids[follower], "followed_id": ids[name]}
            for follower, names in demo.FOLLOWS.items()
            for name in names
        ),
        "articles": [export_article(id, article, at, ids[article.author]) for id, (article, at) in dated],
        "article_tags": number(
            {"article_id": id, "tag_id": tag_ids[name], "position": position}
            for id, (article, _) in dated
            for position, name in enumerate(article.tags)
        ),
        "favorites": number(
            {"article_id": id, "user_id": ids[name]} for id, (article, _) in dated for name in article.likes
        ),
        "comments": number(
            {"article_id": id, **export_comment(comment, at, ids)}
            for id, (article, at) in dated
            for comment in article.comments
        ),
    }


def number(rows: Iterable[Row]) -> Iterator[Row]:
    """Give rows ids from 1."""
    return ({"id": id, **row} for id, row in enumerate(rows, 1))


def export_user(name: str, id: int) -> Row:
    """Return the row of a demo user."""
    return {
        "id": id,
        "username": name,
        "email": f"{name}@example.com",
        "password": demo.PASSWORD,
        "bio": demo.BIOS[name],
        "image": f"/avatars/{name}.svg",
    }


def export_article(id: int, article: demo.DemoArticle, at: datetime, author_id: int) -> Row:
    """Return the row of a demo article."""
    return {
        "id": id,
        "slug": slugify(article.title),
        "title": article.title,
        "description": article.description,
        "body": article.body,
        "created_at": at,
        "updated_at": at,
        "author_id": author_id,
    }


def export_comment(comment: Row, published: datetime, ids: dict[str, int]) -> Row:
    """Return the columns of a comment on a demo article."""
    at = published + timedelta(days=comment["days_later"])
    return {"author_id": ids[comment["author"]], "body": comment["body"], "created_at": at, "updated_at": at}
