"""The views for stores without models that Flask-Admin supports.

*In Django* the admin needs Django's models.

*Here* ``StoreView`` derives from ``BaseModelView``, as Flask-Admin's own views for SQLAlchemy and peewee do. It
implements the methods ``scaffold_...`` and ``get_...``. The base class adds lists, search, filters, sorting and export.
The rows come from the store (:class:`~assembly_required.conduit.interfaces.Browsable`).

*What it costs*: the types of the columns are not known, so all filters compare text.

*Next*: :mod:`assembly_required.adapters.admin.django`.
"""

from collections.abc import Sequence
from typing import Any

from flask_admin.model import BaseModelView
from flask_admin.model.filters import BaseFilter

from ....conduit.interfaces import Browsable, Condition
from .views import ArticleOptions, ChangeOptions, CommentOptions, Parts, UserOptions


class Row:
    """A row with its columns as attributes: ``row.title``. A related row is an attribute too: ``row.author.username``.

    :param columns: the values by name, such as ``title`` or ``author.username``.
    """

    def __init__(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            first, _, rest = name.partition(".")
            if rest:
                self.__dict__.setdefault(first, Row({})).__dict__[rest] = value
            else:
                self.__dict__[first] = value


class TextFilter(BaseFilter):
    """A filter that compares the text of a column.

    :param column: the name of the column.
    :param name: the label of the filter.
    :param relation: ``contains`` or ``equals``.
    """

    def __init__(self, column: str, name: str, relation: str) -> None:
        super().__init__(name)
        self._column, self._relation = column, relation

    def apply(self, query: list[Condition], value: str) -> list[Condition]:
        return [*query, ((self._column,), self._relation, value)]

    def operation(self) -> str:
        return self._relation


class StoreView(BaseModelView):
    """A view of one table of a store.

    :param table: the name of the table.
    :param store: reads the rows.
    """

    def __init__(self, table: str, store: Browsable, **names: Any) -> None:
        self._table, self._store = table, store
        super().__init__(Row, name=table.capitalize(), **names)

    def get_pk_value(self, model: Row) -> int:
        id: int = model.id  # type: ignore[attr-defined]
        return id

    def scaffold_list_columns(self) -> list[str]:
        return list(self.column_list)

    def scaffold_sortable_columns(self) -> dict[str, str]:
        return {name: name for name in self.column_list if "." not in name}

    def init_search(self) -> bool:
        return bool(self.column_searchable_list)

    def scaffold_filters(self, name: str) -> list[TextFilter]:
        return [TextFilter(name, self.get_column_name(name), relation) for relation in ("contains", "equals")]

    def get_list(
        self,
        page: int | None,
        sort_field: str | None,
        sort_desc: bool,
        search: str | None,
        filters: Sequence[tuple[int, str, str]] | None,
        page_size: int | None = None,
    ) -> tuple[int, list[Row]]:
        conditions: list[Condition] = [
            (self.column_searchable_list, "contains", word) for word in (search or "").split()
        ]
        for index, _, value in filters or ():
            conditions = self._filters[index].apply(conditions, value)
        default, default_desc = self.column_default_sort
        order = f"{'-' if sort_desc else ''}{sort_field}" if sort_field else f"{'-' if default_desc else ''}{default}"
        size = page_size or self.page_size
        rows, count = self._store.rows(self._table, self._names_to_read(), conditions, order, size, (page or 0) * size)
        return count, [Row(row) for row in rows]

    def get_one(self, id: str) -> Row | None:
        rows, _ = self._store.rows(self._table, self._names_to_read(), [(("id",), "equals", id)], "id", 1, 0)
        return Row(rows[0]) if rows else None

    def _names_to_read(self) -> list[str]:
        return list(dict.fromkeys(["id", *self.column_list, *(self.column_details_list or ())]))


class UserView(UserOptions, StoreView):
    pass


class ArticleView(ArticleOptions, StoreView):
    pass


class CommentView(CommentOptions, StoreView):
    pass


class ChangeView(ChangeOptions, StoreView):
    pass


def create_views(parts: Parts, store: Browsable) -> list[StoreView]:
    """Create a view for each table."""
    return [
        UserView(parts, "users", store, endpoint="admin_users", url="users"),
        ArticleView(parts, "articles", store, endpoint="admin_articles", url="articles"),
        CommentView(parts, "comments", store, endpoint="admin_comments", url="comments"),
        ChangeView(parts, "changes", store, endpoint="admin_changes", url="changes"),
    ]
