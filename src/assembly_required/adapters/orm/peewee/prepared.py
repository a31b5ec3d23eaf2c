"""Queries whose SQL is written once.

*In Django* a ``QuerySet`` is compiled each time it is evaluated, and there is no way around it but ``raw()``.

*Here* peewee does the same, and for a list of articles takes ten times as long to write the SQL as SQLite to answer.
But ``sql()`` hands out the text and its parameters, and ``execute_sql()`` takes them. So a query has gaps in it, as a
``bindparam`` of SQLAlchemy is one; its text is kept, and only the gaps are filled.

*What it costs*: rows come as the driver gives them; what a field's ``python_value`` would do is for their reader. A
list in the query needs one text for each length.

*Next*: :mod:`assembly_required.adapters.orm.peewee.store`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Query, Value

from .models import database


@dataclass(frozen=True)
class Gap:
    """Stands among the parameters of a query for a value that is not known yet."""

    key: str | int


def gap(key: str | int) -> Value:
    """A value to be named later: ``User.id == gap("id")``."""
    return Value(Gap(key), converter=False)


class Prepared:
    """A query to be sent again and again.

    :param query: makes it; if it has to do with a list, it is given a gap for each item.
    """

    def __init__(self, query: Callable[..., Query]) -> None:
        self._query = query
        self._written: dict[tuple[str, int], tuple[str, list[Any]]] = {}

    def rows(self, items: Sequence[Any] | None = None, **values: Any) -> Any:
        """Send it; the answer is the driver's cursor."""
        known: dict[Any, Any] = {**dict(enumerate(items or ())), **values}
        sql, parameters = self._text(items)
        filled = [known[each.key] if isinstance(each, Gap) else each for each in parameters]
        return database.execute_sql(sql, filled)

    def _text(self, items: Sequence[Any] | None) -> tuple[str, list[Any]]:
        """What is sent depends on the database's mark for a parameter, and on how many there are."""
        form = database.param, len(items or ())
        if form not in self._written:
            gaps = [] if items is None else [[gap(index) for index in range(len(items))]]
            self._written[form] = self._query(*gaps).sql()
        return self._written[form]
