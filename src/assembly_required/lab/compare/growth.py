"""Compare the lists of a small blog with those of a large one, with each ORM.

A list should take the same time in both. The large blog has more users in the same proportion, but the seed has always
200 tags, so a tag has more articles. What is asked for is the worst case: the most used tag, the author who wrote most,
the users who like and follow most. Both blogs show the same number of articles on a page. All other slots are
``plain``, because their time hides differences.

On SQLite the time is the CPU time of the process, as everywhere in ``flask compare``. A PostgreSQL server does its work
in processes of its own, so with ``--postgresql`` it is the elapsed time, which needs a machine that does nothing else.

Two things do grow. A count visits every article that matches: 10,000 of the most used tag, or 1,600 of the author who
wrote most. And a database steps over all articles before an offset, so a page in the middle of a larger list is later.
With 100,000 articles this adds so much that the fastest stacks take more than twice as long:

* A page in the middle, on SQLite: 0.6 ms for 50,000 steps. A narrower index, or one with DESC, takes 0.57 ms. Reading
  from the nearer end would help the last pages, not this one.
* An author and a tag together, on SQLite: 0.8 to 1.2 ms to look up 1,650 articles. CROSS JOIN instead of EXISTS takes
  0.8 ms, with an index on tag and article 0.7 ms. Only a copy of ``author_id`` in ``article_tags`` makes it flat
  (15 µs), and each ORM and the admin would have to maintain this copy for a list that no page of the site shows.
* All lists without a filter, on PostgreSQL: 9 ms to count 100,000 articles, and 7 ms more for a page in the middle.
  SQLite counts the pages of an index, but PostgreSQL visits each row, because transactions see different rows
  (https://wiki.postgresql.org/wiki/Slow_Counting). The API has to give an exact count. A row that triggers keep up to
  date would be flat, but all transactions that publish would wait for each other at this row.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ...conduit.limits import PAGE_DEFAULT
from ...stack.settings import Settings
from ...stack.slots import SLOTS, StackError
from .candidates import stack
from .data import Bar, Bars, Data, Size, provide
from .endpoints import Different, Endpoint
from .measure import BLOCK, Answering, Timing, summarize, time_rounds
from .process import Process

Query = Mapping[str, Any]
"""Values of the query string."""

SMALL = Size(200, 1_000)

LAST_PAGE = SMALL.articles - PAGE_DEFAULT
"""The offset of the last page of the small blog."""

MOST = {
    "tag": """
        SELECT name FROM tags JOIN article_tags ON tag_id = tags.id
        GROUP BY tags.id ORDER BY count(*) DESC, tags.id LIMIT 1
    """,
    "author": """
        SELECT username FROM users JOIN articles ON author_id = users.id
        GROUP BY users.id ORDER BY count(*) DESC, users.id LIMIT 1
    """,
    "favorited": """
        SELECT username FROM users JOIN favorites ON user_id = users.id
        GROUP BY users.id ORDER BY count(*) DESC, users.id LIMIT 1
    """,
}
FOLLOWER = "SELECT follower_id FROM follows GROUP BY follower_id ORDER BY count(*) DESC, follower_id LIMIT 1"

FILTERS = {
    "by tag": ("tag",),
    "by author": ("author",),
    "favorites": ("favorited",),
    "by author and tag": ("author", "tag"),
    "favorites with a tag": ("favorited", "tag"),
    "favorites by an author": ("favorited", "author"),
}
"""The lists with filters."""


@dataclass(frozen=True)
class Growth:
    """The times of one list with one ORM.

    :param counts: the number of all articles in the list, in the small blog and in the large one.
    :param small: the time in the small blog, the reference.
    :param large: the time in the large blog.
    """

    orm: str
    name: str
    counts: tuple[int, int]
    small: Timing
    large: Timing


def grow(articles: int) -> Size:
    """Return a larger size, with users in the same proportion."""
    return Size(SMALL.users * articles // SMALL.articles, articles)


def find_installed(settings: Settings) -> list[str]:
    """Find the options of the slot ``orm`` that are installed."""
    return [orm for orm in SLOTS["orm"].names if _is_installed(orm, settings)]


def _is_installed(orm: str, settings: Settings) -> bool:
    try:
        stack(orm, _choose(orm), settings)
    except StackError:
        return False
    return True


def _choose(orm: str) -> dict[str, str]:
    return {"STACK": "bare", "STACK_ORM": orm}


def compare_growth(
    orms: Sequence[str], settings: Settings, large: Size, rounds: int, bars: Bars, server: str | None = None
) -> list[Growth]:
    """Time each list in both blogs, with each ORM.

    :param server: the URL of a PostgreSQL server, instead of SQLite.
    :raises Different: a list cannot be read.
    :raises Died: the process of a candidate ended.
    :raises NoServer: databases cannot be created on the server.
    """
    with ExitStack() as stack:
        blogs = [stack.enter_context(provide([], settings, size, bars, server)) for size in (SMALL, large)]
        blogs = [replace(blog, user=_read(blog.file, FOLLOWER)) for blog in blogs]
        asked = [dict(list_queries(blog.file, size)) for blog, size in zip(blogs, (SMALL, large), strict=True)]
        with bars("lists", len(orms) * len(asked[0])) as bar:
            time = partial(_time_list, rounds=rounds, elapsed=server is not None)
            return list(chain.from_iterable(_time_orm(orm, settings, blogs, asked, time, bar) for orm in orms))


def _time_orm(
    orm: str,
    settings: Settings,
    blogs: Sequence[Data],
    asked: Sequence[Mapping[str, Query]],
    time: Callable[..., Growth],
    bar: Bar,
) -> Iterator[Growth]:
    candidate = stack(orm, _choose(orm), settings)
    with Process(candidate, blogs[0]) as small, Process(candidate, blogs[1]) as large:
        for process in (small, large):
            process.sign_in()
            process.ask("freeze")
        for name in asked[0]:
            yield time(orm, name, (small, large), [each[name] for each in asked])
            bar.update(1)


def list_queries(database: Path, size: Size) -> Iterator[tuple[str, Query]]:
    """Yield each list, by name, with the query that asks for it. The feed has the key ``feed``."""
    most = {name: _read(database, query) for name, query in MOST.items()}
    yield "first page", {}
    yield f"page {LAST_PAGE // PAGE_DEFAULT + 1}", {"offset": LAST_PAGE}
    yield "page in the middle", {"offset": size.articles // 2}
    for name, filters in FILTERS.items():
        yield name, {each: most[each] for each in filters}
    yield "feed", {"feed": True}


def _read(database: Path, query: str) -> Any:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchone()[0]


def _time_list(
    orm: str, name: str, blogs: Sequence[Process], queries: Sequence[Query], rounds: int, elapsed: bool
) -> Growth:
    looks = [look(blog, to_endpoint(query)) for blog, query in zip(blogs, queries, strict=True)]
    limit = max(1, min(shown for shown, _ in looks))
    blocks = [
        partial(blog.time, to_endpoint({**query, "limit": limit}), elapsed=elapsed)
        for blog, query in zip(blogs, queries, strict=True)
    ]
    small, large = time_rounds(blocks, rounds, BLOCK)
    counts = looks[0][1], looks[1][1]
    return Growth(orm, name, counts, summarize(small, small, BLOCK), summarize(large, small, BLOCK))


def to_endpoint(query: Query) -> Endpoint:
    """Return the request for a list."""
    feed = "feed" in query
    values = urlencode({name: value for name, value in query.items() if name != "feed"})
    return Endpoint("", "GET", f"/api/articles{'/feed' if feed else ''}?{values}", signed_in=feed)


def look(blog: Answering, endpoint: Endpoint) -> tuple[int, int]:
    """Return the number of articles on a page, and of all in the list.

    :raises Different: the list cannot be read.
    """
    status, body = blog.send(endpoint)
    if not status.startswith("200"):
        raise Different(f"{blog.candidate.name!r} answers GET {endpoint.url} with {status}.")
    answer = json.loads(body)
    return len(answer["articles"]), answer["articlesCount"]
