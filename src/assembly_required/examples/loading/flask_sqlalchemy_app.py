"""One page of articles with author, tags and number of comments, read in five ways with Flask-SQLAlchemy.

``lazy`` reads each relationship when it is used, ``eager`` with ``joinedload`` and ``selectinload``, ``columns`` reads
no objects, ``prepared`` uses statements that were built once, ``by_hand`` is SQL as text.
``/eager?size=20`` answers the articles, ``/statements/eager?size=20`` the number of SQL statements.

Start it with ``flask --app flask_sqlalchemy_app run``. https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html
"""

import os

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, bindparam, event, func, insert, select, text
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    undefer,
)


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
article_tag = db.Table(
    "article_tag",
    db.Column("article_id", ForeignKey("article.id"), primary_key=True),
    db.Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class User(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Tag(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Comment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=article_tag, order_by=Tag.name)
    comments: Mapped[list[Comment]] = relationship()
    comment_count: Mapped[int] = column_property(
        select(func.count(Comment.id)).where(Comment.article_id == id).correlate_except(Comment).scalar_subquery(),
        deferred=True,
    )


def to_dict(article, comment_count):
    tags = [tag.name for tag in article.tags]
    return {"title": article.title, "author": article.author.name, "tags": tags, "comments": comment_count}


def lazy(size=20):
    articles = db.session.scalars(select(Article).order_by(Article.id.desc()).limit(size))
    return [to_dict(article, len(article.comments)) for article in articles]


def eager(size=20):
    query = select(Article).order_by(Article.id.desc()).limit(size)
    query = query.options(joinedload(Article.author), selectinload(Article.tags), undefer(Article.comment_count))
    return [to_dict(article, article.comment_count) for article in db.session.scalars(query)]


def select_page(size):
    columns = select(Article.id, Article.title, User.name, Article.comment_count)
    return columns.join(Article.author).order_by(Article.id.desc()).limit(size)


def select_tags(ids):
    return (
        select(article_tag.c.article_id, Tag.name).join(Tag).where(article_tag.c.article_id.in_(ids)).order_by(Tag.name)
    )


def combine(rows, tag_rows):
    tags = {id: [] for id, *_ in rows}
    for article_id, name in tag_rows:
        tags[article_id].append(name)
    names = ("title", "author", "comments")
    return [{**dict(zip(names, row[1:], strict=True)), "tags": tags[row[0]]} for row in rows]


def columns(size=20):
    rows = db.session.execute(select_page(size)).all()
    return combine(rows, db.session.execute(select_tags([row.id for row in rows])))


PAGE, TAGS = select_page(bindparam("size")), select_tags(bindparam("ids", expanding=True))


def prepared(size=20):
    rows = db.session.execute(PAGE, {"size": size}).all()
    return combine(rows, db.session.execute(TAGS, {"ids": [row.id for row in rows]}))


PAGE_SQL = text("""
    SELECT article.id, title, user.name, (SELECT count(*) FROM comment WHERE article_id = article.id)
    FROM article JOIN user ON user.id = author_id ORDER BY article.id DESC LIMIT :size
""")
TAGS_SQL = text("""
    SELECT article_id, name FROM article_tag JOIN tag ON tag.id = tag_id WHERE article_id IN :ids ORDER BY name
""").bindparams(bindparam("ids", expanding=True))


def by_hand(size=20):
    rows = db.session.execute(PAGE_SQL, {"size": size}).all()
    return combine(rows, db.session.execute(TAGS_SQL, {"ids": [row.id for row in rows]}))


WAYS = {"lazy": lazy, "eager": eager, "columns": columns, "prepared": prepared, "by_hand": by_hand}


def seed():
    """Write 20 users, 10 tags and 1,000 articles: 0 to 3 tags and 0 to 6 comments each, always the same."""
    numbers = range(1, 1001)
    users = [{"id": n, "name": f"user-{n}"} for n in range(1, 21)]
    articles = [{"id": n, "title": f"Article {n}", "author_id": n % 20 + 1} for n in numbers]
    tagged = [{"article_id": n, "tag_id": (n + 3 * i) % 10 + 1} for n in numbers for i in range(n % 4)]
    comments = [{"body": f"Comment {i}", "article_id": n} for n in numbers for i in range(n % 7)]
    db.session.execute(insert(User), users)
    db.session.execute(insert(Tag), [{"id": n, "name": f"tag-{n}"} for n in range(1, 11)])
    db.session.execute(insert(Article), articles)
    db.session.execute(insert(article_tag), tagged)
    db.session.execute(insert(Comment), comments)
    db.session.commit()


def create_app(database="flask_sqlalchemy_loading.sqlite3"):
    app = Flask(__name__, instance_path=os.getcwd())  # a relative SQLite path starts at the instance folder
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{database}"
    db.init_app(app)
    with app.app_context():
        db.create_all()
        if not db.session.scalar(select(func.count(Article.id))):
            seed()

    @app.get("/<way>")
    def read(way):
        size = request.args.get("size", 20, type=int)
        if way not in WAYS or not 1 <= size <= 1000:
            abort(404)
        return WAYS[way](size)

    @app.get("/statements/<way>")
    def statements(way):
        seen = []

        def record(connection, cursor, statement, parameters, context, executemany):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", record)
        try:
            read(way)
        finally:
            event.remove(db.engine, "before_cursor_execute", record)
        return {"statements": len(seen)}

    return app
