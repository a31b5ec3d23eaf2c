"""Articles with an author, tags and comments, as JSON: SQLAlchemy Core, a query builder.

Tables are values, and SQL is written as Python expressions on them: ``select``, ``join``, ``scalar_subquery``. There is
no session and no object that is tracked; a statement returns rows. ``engine.connect()`` is for reading,
``engine.begin()`` for a transaction that is committed at its end.

Start it with ``flask --app sqlalchemy_core_app run``. https://docs.sqlalchemy.org/en/20/tutorial/
"""

from math import ceil

from flask import Flask, abort, request
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, create_engine, event, func, select
from sqlalchemy import literal as value
from sqlalchemy.dialects.sqlite import insert
from werkzeug.exceptions import BadRequest

app = Flask(__name__)
engine = create_engine("sqlite:///sqlalchemy_core.sqlite3")
metadata = MetaData()

users = Table("users", metadata, Column("id", Integer, primary_key=True), Column("name", String, unique=True))
tags = Table("tags", metadata, Column("id", Integer, primary_key=True), Column("name", String, unique=True))
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("author_id", ForeignKey("users.id"), nullable=False),
)
article_tags = Table(
    "article_tags",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)
comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", String, nullable=False),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author_id", ForeignKey("users.id"), nullable=False),
)


@event.listens_for(engine, "connect")
def set_sqlite_pragma(dbapi_connection, connection_record):
    dbapi_connection.execute("PRAGMA foreign_keys=ON")  # SQLite checks and cascades only when asked


metadata.create_all(engine)

comment_count = select(func.count()).select_from(comments).where(comments.c.article_id == articles.c.id)
summaries = select(articles.c.id, articles.c.title, users.c.name.label("author")).join_from(articles, users)


def tags_of(connection, ids):
    """Return the names of tags for each of the articles, with one statement."""
    query = select(article_tags.c.article_id, tags.c.name).join(tags).where(article_tags.c.article_id.in_(ids))
    names = {id: [] for id in ids}
    for article_id, name in connection.execute(query.order_by(tags.c.name)):
        names[article_id].append(name)
    return names


def find(connection, id):
    row = connection.execute(summaries.add_columns(articles.c.body).where(articles.c.id == id)).one_or_none()
    return row or abort(404)


def summary(row, names):
    return {"id": row.id, "title": row.title, "author": row.author, "tags": names[row.id]}


def user_id(connection, name):
    connection.execute(insert(users).values(name=name).on_conflict_do_nothing())
    return connection.scalar(select(users.c.id).where(users.c.name == name))


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


@app.get("/articles")
def list_articles():
    # step: list
    page = request.args.get("page", 1, type=int)
    query = summaries.add_columns(comment_count.scalar_subquery().label("comment_count"))
    with engine.connect() as connection:
        pages = ceil(connection.scalar(select(func.count()).select_from(articles)) / 10)
        if not 1 <= page <= max(pages, 1):
            abort(404)
        rows = connection.execute(query.order_by(articles.c.id.desc()).limit(10).offset(10 * (page - 1))).all()
        names = tags_of(connection, [row.id for row in rows])
    listed = [{**summary(row, names), "comment_count": row.comment_count} for row in rows]
    return {"articles": listed, "page": page, "pages": pages}


@app.get("/articles/<int:id>")
def show_article(id):
    # step: show
    query = select(users.c.name.label("author"), comments.c.body).join_from(comments, users)
    with engine.connect() as connection:
        article = find(connection, id)
        names = tags_of(connection, [id])
        rows = connection.execute(query.where(comments.c.article_id == id).order_by(comments.c.id)).mappings()
        return {**summary(article, names), "body": article.body, "comments": [dict(row) for row in rows]}


@app.post("/articles")
def publish_article():
    # step: publish
    match request.get_json():
        case {"author": author, "title": title, "body": body, "tags": [*names]} if texts(author, title, body, *names):
            with engine.begin() as connection:
                new = {"title": title, "body": body, "author_id": user_id(connection, author)}
                (id,) = connection.execute(insert(articles).values(new)).inserted_primary_key
                for name in names:
                    connection.execute(insert(tags).values(name=name).on_conflict_do_nothing())
                chosen = select(value(id), tags.c.id).where(tags.c.name.in_(names))
                connection.execute(insert(article_tags).from_select(["article_id", "tag_id"], chosen))
                return summary(find(connection, id), tags_of(connection, [id])), 201
    raise BadRequest("Send author, title, body and a list of tags.")


@app.patch("/articles/<int:id>")
def change_title(id):
    # step: change
    with engine.begin() as connection:
        find(connection, id)
        match request.get_json():
            case {"title": title} if texts(title):
                connection.execute(articles.update().where(articles.c.id == id).values(title=title))
                return summary(find(connection, id), tags_of(connection, [id]))
    raise BadRequest("Send a title.")


@app.delete("/articles/<int:id>")
def delete_article(id):
    # step: delete
    with engine.begin() as connection:
        if not connection.execute(articles.delete().where(articles.c.id == id)).rowcount:
            abort(404)
    return "", 204


@app.post("/articles/<int:id>/comments")
def add_comment(id):
    # step: comment
    with engine.begin() as connection:
        find(connection, id)
        match request.get_json():
            case {"author": author, "body": body} if texts(author, body):
                new = {"article_id": id, "author_id": user_id(connection, author), "body": body}
                connection.execute(insert(comments).values(new))
                return {"author": author, "body": body}, 201
    raise BadRequest("Send author and body.")
