"""The views for peewee's models.

*In Django* the admin reads ``Article._meta``.

*Here* Flask-Admin's ``ModelView`` for peewee reads the model's ``_meta``, which looks much like Django's. ``get_query``
joins the related rows, so that a list does not run one query for each row.

*What it costs*: peewee's view has no option for related rows, so the joins are written here.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.generic`.
"""

from collections.abc import Mapping
from typing import Any

from flask_admin.contrib.peewee import ModelView

from .views import ArticleOptions, ChangeOptions, CommentOptions, Parts, UserOptions


class UserView(UserOptions, ModelView):
    pass


class ArticleView(ArticleOptions, ModelView):
    def get_query(self) -> Any:
        article, user = self.model, self.model.author.rel_model
        return article.select(article, user).join_from(article, user)


class CommentView(CommentOptions, ModelView):
    def get_query(self) -> Any:
        comment, user, article = self.model, self.model.author.rel_model, self.model.article.rel_model
        query = comment.select(comment, user, article)
        return query.join_from(comment, user, on=comment.author).join_from(comment, article, on=comment.article)


class ChangeView(ChangeOptions, ModelView):
    pass


def create_views(parts: Parts, models: Mapping[str, Any]) -> list[ModelView]:
    """Create a view for each model.

    :param models: the model classes by table name.
    """
    return [
        UserView(parts, models["users"], endpoint="admin_users", url="users"),
        ArticleView(parts, models["articles"], endpoint="admin_articles", url="articles"),
        CommentView(parts, models["comments"], endpoint="admin_comments", url="comments"),
        ChangeView(parts, models["changes"], endpoint="admin_changes", url="changes"),
    ]
