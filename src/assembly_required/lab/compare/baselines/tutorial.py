"""The blog as Flask-SQLAlchemy tutorials write it: models, relationships, and one schema to dump them.

Relationships are loaded with ``selectinload``, so a list needs no query per article. It still loads every column, and
every user who likes an article in order to count them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from itsdangerous import BadSignature
from marshmallow import ValidationError
from sqlalchemy import URL, Column, ForeignKey, MetaData, Table, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

from ....adapters.shared.sqlite import prepare
from ....adapters.validation.marshmallow.schemas import (
    ArticleFilter,
    ArticleResponse,
    ArticlesResponse,
    CommentResponse,
    NewCommentRequest,
    TagsResponse,
    UserResponse,
)
from . import sent_token, signer

ONE_MONTH = 30 * 24 * 60 * 60


class Base(DeclarativeBase):
    metadata = MetaData()


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

article_tags = Table(
    "article_tags",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id")),
    Column("tag_id", ForeignKey("tags.id")),
    Column("position"),
)
favorites = Table(
    "favorites",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id")),
    Column("user_id", ForeignKey("users.id")),
)
follows = Table(
    "follows",
    Base.metadata,
    Column("follower_id", ForeignKey("users.id")),
    Column("followed_id", ForeignKey("users.id")),
)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str]
    bio: Mapped[str | None]
    image: Mapped[str | None]
    token_generation: Mapped[int]

    followers: Mapped[list[User]] = relationship(
        secondary=follows, primaryjoin=id == follows.c.followed_id, secondaryjoin=id == follows.c.follower_id
    )

    @property
    def following(self) -> bool:
        return g.user is not None and g.user in self.followers

    @property
    def token(self) -> str:
        return sent_token()


class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    articles: Mapped[list[Article]] = relationship(secondary=article_tags, back_populates="tags")


class Article(Base):
    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    author: Mapped[User] = relationship()
    tags: Mapped[list[Tag]] = relationship(
        secondary=article_tags, back_populates="articles", order_by=article_tags.c.position
    )
    favorited_by: Mapped[list[User]] = relationship(secondary=favorites)

    @property
    def tag_list(self) -> list[str]:
        return [tag.name for tag in self.tags]

    @property
    def favorited(self) -> bool:
        return g.user is not None and g.user in self.favorited_by

    @property
    def favorites_count(self) -> int:
        return len(self.favorited_by)


class Comment(Base):
    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))

    article: Mapped[Article] = relationship()
    author: Mapped[User] = relationship()


article_filter, new_comment = ArticleFilter(), NewCommentRequest()
article_schema, articles_schema, tags_schema = ArticleResponse(), ArticlesResponse(), TagsResponse()
user_schema, comment_schema = UserResponse(), CommentResponse()

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.before_request
def load_user() -> None:
    g.user = None
    sent = request.authorization
    if sent is None or sent.token is None:
        return
    try:
        user_id, generation = current_app.extensions["signer"].loads(sent.token, max_age=ONE_MONTH)
    except BadSignature:
        abort(401)
    g.user = db.get_or_404(User, user_id)
    if g.user.token_generation != generation:
        abort(401)


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    asked = article_filter.load(request.args)
    query = select(Article)
    if "tag" in asked:
        query = query.join(Article.tags).where(Tag.name == asked["tag"])
    total = db.session.scalar(query.with_only_columns(func.count(Article.id)))
    page = (
        query.options(selectinload(Article.author), selectinload(Article.tags), selectinload(Article.favorited_by))
        .order_by(Article.created_at.desc(), Article.id.desc())
        .limit(asked["limit"])
        .offset(asked["offset"])
    )
    articles = db.session.scalars(page).all()
    return jsonify(articles_schema.dump({"articles": articles, "articles_count": total}))


@blueprint.get("/articles/<slug>")
def get_article(slug: str) -> ResponseReturnValue:
    article = db.first_or_404(select(Article).where(Article.slug == slug))
    return jsonify(article_schema.dump({"article": article}))


@blueprint.get("/user")
def current_user() -> ResponseReturnValue:
    if g.user is None:
        abort(401)
    return jsonify(user_schema.dump({"user": g.user}))


@blueprint.get("/tags")
def list_tags() -> ResponseReturnValue:
    tags = db.session.scalars(select(Tag).where(Tag.articles.any()).order_by(Tag.name)).all()
    return jsonify(tags_schema.dump({"tags": [tag.name for tag in tags]}))


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    if g.user is None:
        abort(401)
    article = db.first_or_404(select(Article).where(Article.slug == slug))
    now = datetime.now(UTC).replace(tzinfo=None)
    sent: Any = new_comment.load(request.get_json())
    comment = Comment(body=sent["body"], created_at=now, updated_at=now, article=article, author=g.user)
    db.session.add(comment)
    db.session.commit()
    return jsonify(comment_schema.dump({"comment": comment})), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.config.update(SECRET_KEY=secret_key, SQLALCHEMY_DATABASE_URI=URL.create("sqlite", database=str(database)))
    app.extensions["signer"] = signer(secret_key)
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: prepare(connection))
    app.register_blueprint(blueprint)

    @app.errorhandler(ValidationError)
    def invalid(error: ValidationError) -> ResponseReturnValue:
        return jsonify(errors=error.messages), 422

    return app
