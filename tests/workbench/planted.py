"""An adapter of the slot ``orm`` with an N+1: it loads the tags of each article of a list with a statement of its own.

Most of it is Flask-SQLAlchemy's, so its statements are seen.
"""

from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import select

from assembly_required.adapters.orm.flask_sqlalchemy import build as build_store
from assembly_required.adapters.orm.flask_sqlalchemy import models
from assembly_required.adapters.orm.flask_sqlalchemy.store import FlaskSQLAlchemyStore
from assembly_required.conduit.model import Article


class Naive(FlaskSQLAlchemyStore):
    """Loads the tags of each article again."""

    def articles(self, *arguments: Any, **named: Any) -> tuple[list[Article], int]:
        found, count = super().articles(*arguments, **named)
        return [replace(article, tag_list=self.load_tags(article)) for article in found], count

    def load_tags(self, article: Article) -> list[str]:
        article_tags, tags = models.Tagging, models.Tag
        wanted = select(tags.name).join(article_tags).where(article_tags.article_id == article.id)
        return [*models.db.session.scalars(wanted.order_by(article_tags.position))]


def build(app: Flask) -> Naive:
    build_store(app)
    return Naive()
