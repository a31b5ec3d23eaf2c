"""Rows of a table for the admin.

*In Django* ``ChangeList`` builds a queryset from the search, the filters and the sort order.

*Here* a SELECT is built for each request. Its names come from the admin's views, never from a user; what a user typed
is passed as a parameter.

*What it costs*: each search scans the table.

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
    """The methods of :class:`~assembly_required.conduit.interfaces.Browsable`."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        values: dict[str, Any] = {"limit": limit, "offset": offset}
        clauses = ["1 = 1"]
        for number, (names, relation, text) in enumerate(conditions):
            values[f"text{number}"] = f"%{escape(text)}%" if relation == "contains" else escape(text)
            alternatives = (
                rf"lower(CAST({qualify(table, name)} AS TEXT)) LIKE lower(:text{number}) ESCAPE '\'" for name in names
            )
            clauses.append(f"({' OR '.join(alternatives)})")
        rest = f"FROM {SOURCES[table]} WHERE {' AND '.join(clauses)}"
        direction = "DESC" if order.startswith("-") else "ASC"
        sorting = f"ORDER BY {qualify(table, order.lstrip('-'))} {direction}, {table}.id {direction}"
        selected = ", ".join(qualify(table, name) for name in columns)
        selection = execute(f"SELECT {selected} {rest} {sorting} LIMIT :limit OFFSET :offset", values).fetchall()
        (count,) = execute(f"SELECT count(*) {rest}", values).fetchone()
        return [dict(zip(columns, row, strict=True)) for row in selection], count


def qualify(table: str, name: str) -> str:
    """
    >>> qualify("articles", "id"), qualify("articles", "author.username")
    ('articles.id', 'author.username')
    """
    return name if "." in name else f"{table}.{name}"


def escape(text: str) -> str:
    """
    >>> print(escape("100%"))
    100\\%
    """
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
