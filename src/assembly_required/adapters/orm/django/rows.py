"""Rows of a table, for an admin that is not Django's.

*In Django* ``ChangeList`` does this, with ``Q`` objects for the search.

*Here* the same: conditions become ``Q`` objects, and a column of a related row is written with two underscores.

*What it costs*: two statements.

*Next*: :mod:`assembly_required.adapters.migrations`.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q

from ....conduit.interfaces import Condition
from .models import Article, Change, Comment, User

MODELS: dict[str, type[Model]] = {each._meta.db_table: each for each in (User, Article, Comment, Change)}

LOOKUPS = {"contains": "icontains", "equals": "iexact"}


class DjangoRows:
    """The part of the store that an admin uses."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        asked = MODELS[table]._default_manager.all()
        for names, relation, text in conditions:
            asked = asked.filter(reduce(or_, (Q(**{f"{path(name)}__{LOOKUPS[relation]}": text}) for name in names)))
        ordered = asked.order_by(path(order), "-id" if order.startswith("-") else "id")
        found = ordered.values_list(*map(path, columns))[offset : offset + limit]
        return [dict(zip(columns, row, strict=True)) for row in found], asked.count()


def path(name: str) -> str:
    """
    >>> path("-author.username")
    '-author__username'
    """
    return name.replace(".", "__")
