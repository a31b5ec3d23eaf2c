"""Rows of a table for an admin that is not generated from models.

*In Django* ``ChangeList`` turns what is searched, filtered and sorted by into a queryset.

*Here* a ``select`` is put together from expressions. The names of columns come from the admin's views; what a person
types is always a bound value. ``icontains`` escapes ``%`` and ``_`` with ``autoescape``.

*What it costs*: a search reads the whole table, as in every option.

*Next*: :mod:`assembly_required.adapters.orm.peewee`.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, cast, func, or_, select

from ....conduit.interfaces import Condition
from .connections import current_connection
from .tables import articles, changes, comments, users

AUTHOR = users.alias("author")
ARTICLE = articles.alias("article")

SOURCES: dict[str, FromClause] = {
    "users": users,
    "articles": articles.join(AUTHOR, AUTHOR.c.id == articles.c.author_id),
    "comments": comments.join(AUTHOR, AUTHOR.c.id == comments.c.author_id).join(
        ARTICLE, ARTICLE.c.id == comments.c.article_id
    ),
    "changes": changes,
}
TABLES = {"users": users, "articles": articles, "comments": comments, "changes": changes}
RELATED = {"author": AUTHOR, "article": ARTICLE}


class CoreRows:
    """What a store answers to an admin."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        matches = [
            or_(*(matching(find_column(table, name), relation, text) for name in names))
            for names, relation, text in conditions
        ]
        sorting = [find_column(table, order.lstrip("-")), find_column(table, "id")]
        page = (
            select(*(find_column(table, name) for name in columns))
            .select_from(SOURCES[table])
            .where(*matches)
            .order_by(*(each.desc() if order.startswith("-") else each.asc() for each in sorting))
            .limit(limit)
            .offset(offset)
        )
        count = select(func.count()).select_from(SOURCES[table]).where(*matches)
        connection = current_connection()
        rows = [dict(zip(columns, row, strict=True)) for row in connection.execute(page)]
        return rows, connection.execute(count).scalar_one()


def find_column(table: str, name: str) -> ColumnElement[Any]:
    """Return a column of a table or, as in ``author.username``, of a related row.

    >>> str(find_column("articles", "id")), str(find_column("articles", "author.username"))
    ('articles.id', 'author.username')
    """
    relation, _, column = name.rpartition(".")
    return (RELATED[relation] if relation else TABLES[table]).c[column]


def matching(column: ColumnElement[Any], relation: str, text: str) -> ColumnElement[bool]:
    """Return the condition that a column contains or equals a text. Case is ignored.

    >>> print(matching(users.c.username, "equals", "Ana"))
    lower(CAST(users.username AS TEXT)) = lower(:lower_1)
    """
    words = cast(column, Text)
    return words.icontains(text, autoescape=True) if relation == "contains" else func.lower(words) == func.lower(text)
