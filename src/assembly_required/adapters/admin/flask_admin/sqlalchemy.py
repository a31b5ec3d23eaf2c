"""The views for SQLAlchemy's models.

*In Django* the admin reads ``Article._meta``.

*Here* Flask-Admin's ``ModelView`` for SQLAlchemy reads the mapper. Columns of related rows are written with a dot
(``author.username``) and can be sorted and filtered. ``get_query`` adds ``joinedload`` as a project would that knows
its models; ``column_auto_select_related`` only looks at columns that are relations themselves.

*What it costs*: the models come from the store at run time, so ``column_list`` contains names and no attributes.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.peewee`.
"""

from collections.abc import Mapping
from typing import Any

from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import joinedload

from .views import ArticleOptions, ChangeOptions, CommentOptions, Parts, UserOptions


class UserView(UserOptions, ModelView):
    pass


class ArticleView(ArticleOptions, ModelView):
    def get_query(self) -> Any:
        return super().get_query().options(joinedload(self.model.author))


class CommentView(CommentOptions, ModelView):
    def get_query(self) -> Any:
        return super().get_query().options(joinedload(self.model.author), joinedload(self.model.article))


class ChangeView(ChangeOptions, ModelView):
    pass


def create_views(parts: Parts, models: Mapping[str, Any], db: SQLAlchemy) -> list[ModelView]:
    """Create a view for each model.

    :param models: the model classes by table name.
    """
    return [
        UserView(parts, models["users"], db, endpoint="admin_users", url="users"),
        ArticleView(parts, models["articles"], db, endpoint="admin_articles", url="articles"),
        CommentView(parts, models["comments"], db, endpoint="admin_comments", url="comments"),
        ChangeView(parts, models["changes"], db, endpoint="admin_changes", url="changes"),
    ]
