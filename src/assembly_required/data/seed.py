"""Generated users, articles and comments in any number, to look at and to measure with.

The same numbers give the same rows on every machine and with every ORM; only the salt of the password hash differs.
Rows are generated and written in batches, so that memory does not grow with their number. Ids start at
:data:`FIRST_ID`, far above those of existing rows. Popularity follows Zipf's law: a few users and articles get most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate, count, islice
from random import Random
from typing import Any, NamedTuple, TypeVar

import click

from ..conduit.interfaces import Hashing, Store
from ..conduit.slugs import slugify
from .prose import TOPICS, Writer, tag_names, username

Row = dict[str, Any]
Item = TypeVar("Item")

FIRST_ID = 1_000_001
BATCH = 1_000
GAP = 1_000

USERNAME = username(1)
PASSWORD = "assembly-required"  # noqa: S105 - it is printed, and meant for a machine of one's own

START, SPAN = datetime(2023, 1, 1), timedelta(days=730)
"""Articles are spread over these two years, as naive UTC."""

FOLLOWS_EACH, FAVORITES_EACH, COMMENTS_EACH, COMMENTS_MOST = 10, 6, 3, 60
"""The average for each user, article and article, and the largest number of comments on one article."""

TAGS = [(topic, name) for topic, words in enumerate(TOPICS) for name in tag_names(words)]
"""The topic and the name of each tag; the tags of a topic are next to each other."""

TAGS_OF_A_TOPIC = len(TAGS) // len(TOPICS)


REMOVE = "To remove the generated rows, type: flask seed --remove"


class SeedError(click.ClickException):
    """The rows cannot be written."""

    def __init__(self, users: int, articles: int, because: str) -> None:
        super().__init__(
            f"Cannot seed {users:,} users and {articles:,} articles: {because}\n"
            "Seed another database, type: export FLASK_DATABASE_URL=sqlite:///seeded.sqlite3; "
            f"flask setup; flask seed --users {users} --articles {articles}"
        )


class Outline(NamedTuple):
    """An article without its texts. Every table that refers to articles is generated from outlines.

    :param topic: a position in ``TOPICS``.
    :param tags: positions in ``TAGS``, in the article's order.
    """

    id: int
    at: datetime
    author_id: int
    topic: int
    tags: list[int]


def email(name: str) -> str:
    """Compute the email address with which a generated user signs in."""
    return f"{name}@seed.example"


def fill(
    store: Store, hashing: Hashing, users: int, articles: int, *, progress: Callable[[int], object] | None = None
) -> None:
    """Write users, articles, 200 tags, and in proportion follows, favorites and comments.

    :param progress: called with the number of rows written since the last call.
    :raises SeedError: the database was seeded before, and nothing was written; or it refused a row midway.
    """
    check(store, users, articles)
    written = 0
    for table, rows in tables(users, articles, hashing.hash(PASSWORD)).items():
        for batch in split_batches(rows):
            try:
                store.load(table, batch)
            except Exception as error:
                raise _explain_failure(users, articles, table, written, error) from error
            written += len(batch)
            if progress:
                progress(len(batch))


def check(store: Store, users: int, articles: int) -> None:
    """Check that the database has no generated users yet.

    :raises SeedError: the first generated user exists already, under this name or another.
    """
    first = store.user(FIRST_ID) or store.profile(USERNAME, None)
    if first:
        raise SeedError(
            users, articles, f"this database has been seeded before, it has the user {first.username!r}. {REMOVE}"
        )


def _explain_failure(users: int, articles: int, table: str, written: int, error: Exception) -> SeedError:
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    kept = f"The {written:,} rows before it were written and stay. {REMOVE}" if written else "Nothing was written."
    return SeedError(users, articles, f"the database refused rows of the table {table}, {reason}. {kept}")


def find_users(store: Store) -> list[int]:
    """Find the ids of the generated users.

    An id alone proves nothing, because people who register after the seeding get ids that follow on. A generated user
    has the name or the email address that was computed for this id. Some may have been deleted since, so the search
    ends only after a thousand ids without one.
    """
    found: list[int] = []
    for number in count(1):
        name = username(number)
        user = store.user(FIRST_ID + number - 1)
        if user and (user.username == name or user.email == email(name)):
            found.append(user.id)
        elif number - (found[-1] - FIRST_ID + 1 if found else 0) >= GAP:
            return found
    return found


def remove(store: Store, user_ids: list[int], *, progress: Callable[[int], object] | None = None) -> None:
    """Delete these users with all that is theirs, and the generated tags that no other article uses.

    The last users go first: if it is interrupted, the first user is still there, and it can be repeated.

    :param progress: called with the number of users deleted since the last call.
    """
    for batch in split_batches(reversed(user_ids)):
        store.unload("users", batch)
        if progress:
            progress(len(batch))
    used = set(store.tags())
    store.unload("tags", [id for id, (_, name) in enumerate(TAGS, FIRST_ID) if name not in used])


def counts(users: int, articles: int) -> dict[str, int]:
    """Compute how many rows each table will get: in the proportions above, or as many as are possible.

    >>> counts(2_000, 10_000)["favorites"], counts(2, 10_000)["favorites"], counts(1, 0)["follows"]
    (60000, 20000, 0)
    """
    return {
        "tags": len(TAGS),
        "users": users,
        "follows": min(FOLLOWS_EACH * users, users * (users - 1)),
        "articles": articles,
        "article_tags": sum(len(outline.tags) for outline in outlines(users, articles)),
        "favorites": min(FAVORITES_EACH * articles, users * articles),
        "comments": COMMENTS_EACH * articles,
    }


def tables(users: int, articles: int, password_hash: str) -> dict[str, Iterator[Row]]:
    """Generate the rows of each table, lazily. A row comes after the rows that it refers to.

    The tags come first, because only their names can be taken already. In that case nothing is written.
    """
    return {
        "tags": ({"id": id, "name": name} for id, (_, name) in enumerate(TAGS, FIRST_ID)),
        "users": generate_users(users, password_hash),
        "follows": generate_follows(users),
        "articles": generate_articles(users, articles),
        "article_tags": generate_article_tags(users, articles),
        "favorites": generate_favorites(users, articles),
        "comments": generate_comments(users, articles),
    }


def generate_users(users: int, password_hash: str) -> Iterator[Row]:
    """Generate users with one common password. Two in three have a biography, one in ten has a picture."""
    random = numbers("users")
    writer = Writer(random)
    for number in range(1, users + 1):
        name = username(number)
        yield {
            "id": FIRST_ID + number - 1,
            "username": name,
            "email": email(name),
            "password_hash": password_hash,
            "bio": writer.bio(random.randrange(len(TOPICS))) if random.random() < 2 / 3 else None,
            "image": f"https://seed.example/{name}.jpg" if random.random() < 1 / 10 else None,
        }


def generate_follows(users: int) -> Iterator[Row]:
    """Generate follows. Users who write much have many followers, and nobody follows themselves."""
    random, ids = numbers("follows"), count(FIRST_ID)
    total = min(FOLLOWS_EACH * users, users * (users - 1))
    for followed, followers in zip(rank_positions(users), shares(total, users, users - 1), strict=True):
        for follower in random.sample(range(users - 1), followers):
            yield {
                "id": next(ids),
                "follower_id": FIRST_ID + follower + (follower >= followed),
                "followed_id": FIRST_ID + followed,
            }


def generate_articles(users: int, articles: int) -> Iterator[Row]:
    """Generate articles. One in ten was edited within a month."""
    random = numbers("articles")
    writer = Writer(random)
    for outline in outlines(users, articles):
        title = writer.title(outline.topic)
        edited = timedelta(days=30) * random.random() if random.random() < 1 / 10 else timedelta()
        yield {
            "id": outline.id,
            "slug": f"{slugify(title)}-{outline.id}",
            "title": title,
            "description": writer.description(outline.topic),
            "body": writer.body(outline.topic),
            "created_at": outline.at,
            "updated_at": outline.at + edited,
            "author_id": outline.author_id,
        }


def generate_article_tags(users: int, articles: int) -> Iterator[Row]:
    """Generate the tags of each article, in order, with the timestamp of the article."""
    ids = count(FIRST_ID)
    for outline in outlines(users, articles):
        for position, tag in enumerate(outline.tags):
            yield {
                "id": next(ids),
                "article_id": outline.id,
                "tag_id": FIRST_ID + tag,
                "position": position,
                "created_at": outline.at,
            }


def generate_favorites(users: int, articles: int) -> Iterator[Row]:
    """Generate favorites. A few articles have many, and most have few."""
    random, ids = numbers("favorites"), count(FIRST_ID)
    total = min(FAVORITES_EACH * articles, users * articles)
    instants = [outline.at for outline in outlines(users, articles)]
    for article, likers in zip(rank_positions(articles), shares(total, articles, users), strict=True):
        for user in random.sample(range(users), likers):
            yield {
                "id": next(ids),
                "article_id": FIRST_ID + article,
                "user_id": FIRST_ID + user,
                "article_created_at": instants[article],
            }


def generate_comments(users: int, articles: int) -> Iterator[Row]:
    """Generate comments, each some hours after the one before. Articles with many favorites get many comments."""
    random, ids = numbers("comments"), count(FIRST_ID)
    writer = Writer(random)
    many = dict(zip(rank_positions(articles), shares(COMMENTS_EACH * articles, articles, COMMENTS_MOST), strict=True))
    for article, outline in enumerate(outlines(users, articles)):
        at = outline.at
        for _ in range(many[article]):
            at += timedelta(hours=random.expovariate(1 / 6))
            yield {
                "id": next(ids),
                "body": writer.comment(outline.topic),
                "created_at": at,
                "updated_at": at,
                "article_id": outline.id,
                "author_id": FIRST_ID + random.randrange(users),
            }


def outlines(users: int, articles: int) -> Iterator[Outline]:
    """Outline the articles, roughly the oldest first, because ids and timestamps do not agree exactly in practice.

    They are computed again for each table, which takes less memory than keeping all of them.
    """
    random = numbers("outlines")
    people, writes, topics = rank_positions(users), weights(users), weights(len(TOPICS))
    for number in range(articles):
        topic = random.choices(range(len(TOPICS)), cum_weights=topics)[0]
        yield Outline(
            FIRST_ID + number,
            START + SPAN * ((number + 3 * random.random()) / (articles + 3)),
            FIRST_ID + random.choices(people, cum_weights=writes)[0],
            topic,
            choose_tags(random, topic),
        )


def choose_tags(random: Random, topic: int) -> list[int]:
    """Choose up to five tags of a topic."""
    wanted = random.choices(range(6), (1, 2, 4, 4, 2, 1))[0]
    popular = weights(TAGS_OF_A_TOPIC)
    chosen: dict[int, None] = {}
    while len(chosen) < wanted:
        tag = random.choices(range(TAGS_OF_A_TOPIC), cum_weights=popular)[0]
        chosen[topic * TAGS_OF_A_TOPIC + tag] = None
    return list(chosen)


@cache
def weights(number: int) -> list[float]:
    """Compute cumulative weights by rank, in the form that ``random.choices`` takes.

    Zipf's exponent would be 1; with 0.7 the first of 2,000 has 340 of 10,000, and not 1,200.
    """
    return list(accumulate(rank**-0.7 for rank in range(1, number + 1)))


def shares(total: int, number: int, most: int) -> Iterator[int]:
    """Divide ``total`` among ``number`` ranks by their weights, with at most ``most`` for each.

    Each rank takes its part of what the ranks before it have left.

    >>> list(shares(20, 5, 6)), list(shares(10, 5, 2))
    ([6, 5, 4, 3, 2], [2, 2, 2, 2, 2])
    """
    upto = [0.0, *weights(number)]
    for rank in range(number):
        share = min(most, round(total * (upto[rank + 1] - upto[rank]) / (upto[-1] - upto[rank])))
        total -= share
        yield share


def rank_positions(number: int) -> list[int]:
    """Shuffle the positions from 0 to ``number``, always in the same way; the first is the most popular."""
    return numbers("ranks").sample(range(number), number)


def numbers(of: str) -> Random:
    """Create random numbers for one purpose, independent of those for other purposes."""
    return Random(f"assembly required: {of}")  # noqa: S311 - nothing here is secret


def split_batches(rows: Iterable[Item]) -> Iterator[list[Item]]:
    """Split rows into lists of a thousand."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
