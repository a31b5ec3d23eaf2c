"""The SQL of the baselines without an ORM, and the functions that turn rows into JSON values."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import local
from typing import Any

from ....adapters.shared.sqlite import prepare

USER = "SELECT id, username, email, bio, image FROM users WHERE id = ? AND token_generation = ?"

AUTHOR = """
    users.username, users.bio, users.image,
    EXISTS (SELECT 1 FROM follows WHERE follower_id = :viewer AND followed_id = users.id)
"""
PREVIEW = f"""
    articles.id, slug, title, description, created_at, updated_at,
    EXISTS (SELECT 1 FROM favorites WHERE user_id = :viewer AND article_id = articles.id),
    (SELECT count(*) FROM favorites WHERE article_id = articles.id),
    {AUTHOR}
"""  # noqa: S608 - built from constants
OF_ARTICLES = "FROM articles JOIN users ON users.id = articles.author_id"
PREVIEWS = f"SELECT {PREVIEW} {OF_ARTICLES} WHERE articles.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608
ARTICLE = f"SELECT {PREVIEW}, articles.body {OF_ARTICLES} WHERE slug = :slug"

PAGE = "SELECT id FROM articles ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?"
COUNT = "SELECT count(*) FROM articles"

TAGGED = "FROM article_tags JOIN tags ON tags.id = article_tags.tag_id WHERE tags.name = ?"
PAGE_BY_TAG = f"SELECT article_id {TAGGED} ORDER BY created_at DESC, article_id DESC LIMIT ? OFFSET ?"
COUNT_BY_TAG = f"SELECT count(*) {TAGGED}"

TAGS_OF = """
    SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id
    WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position
"""
TAGS = "SELECT name FROM tags WHERE EXISTS (SELECT 1 FROM article_tags WHERE tag_id = tags.id)"

ADD_COMMENT = "INSERT INTO comments (body, created_at, updated_at, article_id, author_id) VALUES (?, ?, ?, ?, ?)"
COMMENT = f"""
    SELECT comments.id, body, created_at, updated_at, {AUTHOR}
    FROM comments JOIN users ON users.id = author_id WHERE comments.id = :id
"""  # noqa: S608 - constants


def connections(database: Path) -> Callable[[], sqlite3.Connection]:
    """Return a function that returns one connection per thread."""
    threads = local()

    def connection() -> sqlite3.Connection:
        if not hasattr(threads, "connection"):
            threads.connection = sqlite3.connect(database)
            prepare(threads.connection)
        found: sqlite3.Connection = threads.connection
        return found

    return connection


def user(db: sqlite3.Connection, id: int, generation: int) -> dict[str, Any] | None:
    """Return the user with this id, if the generation of their tokens is still this one."""
    row = db.execute(USER, (id, generation)).fetchone()
    return dict(zip(("id", "username", "email", "bio", "image"), row, strict=True)) if row else None


def articles(db: sqlite3.Connection, viewer: int | None, tag: str | None, limit: int, offset: int) -> dict[str, Any]:
    """Return a page of articles and the number of all articles."""
    if tag is None:
        ids = [id for (id,) in db.execute(PAGE, (limit, offset))]
        (count,) = db.execute(COUNT).fetchone()
    else:
        ids = [id for (id,) in db.execute(PAGE_BY_TAG, (tag, limit, offset))]
        (count,) = db.execute(COUNT_BY_TAG, (tag,)).fetchone()
    rows = {row[0]: row for row in db.execute(PREVIEWS, {"viewer": viewer, "ids": json.dumps(ids)})}
    tags = tags_of(db, ids)
    return {"articles": [preview(rows[id], tags[id]) for id in ids], "articlesCount": count}


def article(db: sqlite3.Connection, viewer: int | None, slug: str) -> tuple[int, dict[str, Any]] | None:
    """Return an article with its body, and its id."""
    row = db.execute(ARTICLE, {"viewer": viewer, "slug": slug}).fetchone()
    if row is None:
        return None
    id = row[0]
    return id, {**preview(row[:12], tags_of(db, [id])[id]), "body": row[12]}


def tags_of(db: sqlite3.Connection, ids: list[int]) -> dict[int, list[str]]:
    """Return the tags of some articles."""
    names: dict[int, list[str]] = {id: [] for id in ids}
    for id, name in db.execute(TAGS_OF, (json.dumps(ids),)):
        names[id].append(name)
    return names


def tags(db: sqlite3.Connection) -> list[str]:
    """Return all tags in use."""
    return sorted(name for (name,) in db.execute(TAGS))


def add_comment(db: sqlite3.Connection, author: int, article: int, body: str) -> dict[str, Any]:
    """Insert a comment and return it."""
    at = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    with db:
        id = db.execute(ADD_COMMENT, (body, at, at, article, author)).lastrowid
    id, body, created_at, updated_at, *profile = db.execute(COMMENT, {"viewer": author, "id": id}).fetchone()
    return {
        "id": id,
        "body": body,
        "createdAt": timestamp(created_at),
        "updatedAt": timestamp(updated_at),
        "author": person(*profile),
    }


def preview(row: tuple[Any, ...], tags: list[str]) -> dict[str, Any]:
    """Convert a row to the JSON values of an article without its body."""
    _, slug, title, description, created_at, updated_at, favorited, favorites, *author = row
    return {
        "slug": slug,
        "title": title,
        "description": description,
        "tagList": tags,
        "createdAt": timestamp(created_at),
        "updatedAt": timestamp(updated_at),
        "favorited": bool(favorited),
        "favoritesCount": favorites,
        "author": person(*author),
    }


def person(username: str, bio: str | None, image: str | None, following: int) -> dict[str, Any]:
    """Return the JSON values of a profile."""
    return {"username": username, "bio": bio, "image": image, "following": bool(following)}


def timestamp(stored: str) -> str:
    """Format a stored time for JSON. It already has six digits."""
    return f"{stored.replace(' ', 'T')}Z"
