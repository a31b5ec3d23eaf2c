"""Six made-up users and their articles about this project, which ``flask setup --demo`` writes.

The texts are the files ``articles/*.md``. Each starts with front matter in TOML, between two lines of ``+++``.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ..conduit.articles import publish
from ..conduit.errors import Taken
from ..conduit.interfaces import Hashing, Store
from ..conduit.model import User, now

EMAIL = "demo@example.com"
PASSWORD = "assembly-required"  # noqa: S105 - it is printed, and only for a local installation

BIOS = {
    "demo": "The account to try things out with. Change the stack, restart, and look at this page again.",
    "ada": "Wrote a blog in Django, then the same blog in Flask, and now compares the two.",
    "grace": "Database person. Reads the SQL before reading the code.",
    "kofi": "Maintains APIs that other teams depend on. Interested in validation and error messages.",
    "noor": "Works on security: sessions, tokens, forms, and what browsers send without being asked.",
    "yuki": "Measures first. Runs Flask in production with as few packages as possible.",
}

FOLLOWS = {
    "demo": ("ada", "grace", "noor"),
    "ada": ("grace", "kofi", "yuki"),
    "grace": ("ada", "yuki"),
    "kofi": ("ada", "noor"),
    "noor": ("kofi",),
    "yuki": ("grace", "ada", "kofi"),
}

ARTICLES = Path(__file__).with_name("articles")


@dataclass
class DemoArticle:
    """One file of ``articles/``: its front matter and its text."""

    title: str
    description: str
    tags: list[str]
    author: str
    days_ago: float
    body: str
    likes: list[str] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)


def read_articles(folder: Path = ARTICLES) -> list[DemoArticle]:
    """Read all demo articles, the oldest first."""
    articles = [parse_article(path.read_text("utf-8")) for path in folder.glob("*.md")]
    return sorted(articles, key=lambda article: -article.days_ago)


def parse_article(text: str) -> DemoArticle:
    """
    >>> front = 'title = "T"\\ndescription = "D"\\ntags = []\\nauthor = "ada"\\ndays_ago = 3'
    >>> parse_article(f"+++\\n{front}\\n+++\\nText.").body
    'Text.'
    """
    _, front_matter, body = text.split("+++\n", 2)
    return DemoArticle(**tomllib.loads(front_matter), body=body.strip())


def fill(store: Store, hashing: Hashing) -> None:
    """Write the demo data, unless its first user exists already."""
    try:
        users = dict(add_users(store, hashing))
    except Taken:
        return
    for follower, names in FOLLOWS.items():
        for name in names:
            if profile := store.profile(name, users[follower]):
                store.follow(users[follower], profile)
    today = now()
    for article in read_articles():
        write_article(article, store, users, today)


def add_users(store: Store, hashing: Hashing) -> Iterator[tuple[str, User]]:
    """Add the demo users. They share one password, which is hashed once because hashing is slow on purpose."""
    password_hash = hashing.hash(PASSWORD)
    for name, bio in BIOS.items():
        user = store.add_user(name, f"{name}@example.com", password_hash)
        yield name, store.edit_user(user, {"bio": bio, "image": f"/avatars/{name}.svg"})


def write_article(article: DemoArticle, store: Store, users: dict[str, User], today: datetime) -> None:
    """Publish an article with its comments and favorites, dated back from today."""
    at = today - timedelta(days=article.days_ago)
    new = {
        "title": article.title,
        "description": article.description,
        "body": article.body,
        "tag_list": article.tags,
    }
    published = publish(new, store, users[article.author], at)
    for comment in article.comments:
        commented_at = at + timedelta(days=comment["days_later"])
        store.add_comment(users[comment["author"]], published, comment["body"], commented_at)
    for name in article.likes:
        store.favorite(users[name], published)
