"""Rows as they lie in a table, for an admin.

*In Django* ``ChangeList`` makes a queryset of what is searched, filtered and sorted by.

*Here* a SELECT put together for each question. The names in it are those of views, never a visitor's; what he typed is
a value.

*What it costs*: a scan of the table for each search, as everywhere.

*Next*: :mod:`assembly_required.adapters.orm.flask_sqlalchemy`.
"""

from collections.abc import Sequence
from typing import Any

from ....conduit.interfaces import Condition
from .connections import execute

SOURCES = {
    "users": "users",
    "articles": "articles JOIN users AS author ON author.id = articles.author_id",
    "comments": (
        "comments JOIN users AS author ON author.id = comments.author_id "
        "JOIN articles AS article ON article.id = comments.article_id"
    ),
    "changes": "changes",
}


class PlainRows:
    """What a store answers to an admin."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        values: dict[str, Any] = {"limit": limit, "offset": offset}
        clauses = ["1 = 1"]
        for number, (names, relation, text) in enumerate(conditions):
            values[f"text{number}"] = f"%{escaped(text)}%" if relation == "contains" else escaped(text)
            alternatives = (
                rf"lower(CAST({qualified(table, name)} AS TEXT)) LIKE lower(:text{number}) ESCAPE '\'" for name in names
            )
            clauses.append(f"({' OR '.join(alternatives)})")
        rest = f"FROM {SOURCES[table]} WHERE {' AND '.join(clauses)}"
        direction = "DESC" if order.startswith("-") else "ASC"
        sorting = f"ORDER BY {qualified(table, order.lstrip('-'))} {direction}, {table}.id {direction}"
        selected = ", ".join(qualified(table, name) for name in columns)
        found = execute(f"SELECT {selected} {rest} {sorting} LIMIT :limit OFFSET :offset", values).fetchall()
        (count,) = execute(f"SELECT count(*) {rest}", values).fetchone()
        return [dict(zip(columns, row, strict=True)) for row in found], count


def qualified(table: str, name: str) -> str:
    """
    >>> qualified("articles", "id"), qualified("articles", "author.username")
    ('articles.id', 'author.username')
    """
    return name if "." in name else f"{table}.{name}"


def escaped(text: str) -> str:
    """
    >>> print(escaped("100%"))
    100\\%
    """
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
