"""Articles with an author, tags and comments, as JSON: Flask-SQLAlchemy, a data mapper.

Classes are mapped to tables, and their relationships to foreign keys. ``joinedload`` and ``selectinload`` say what to
load with a query; the session notices what changes and writes it when it is committed. Flask-SQLAlchemy adds
``db.session``, one for each request, ``db.paginate`` and ``db.get_or_404``.

Start it with ``flask --app flask_sqlalchemy_app run``. https://flask-sqlalchemy.readthedocs.io/en/stable/quickstart/
"""

import os

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    column_property,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
)
from werkzeug.exceptions import BadRequest


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
app = Flask(__name__, instance_path=os.getcwd())  # a relative SQLite path starts at the instance folder
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///flask_sqlalchemy.sqlite3"
db.init_app(app)

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
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User] = relationship()


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    author: Mapped[User] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=article_tag, order_by=Tag.name)
    comments: Mapped[list[Comment]] = relationship(cascade="all, delete-orphan", order_by=Comment.id)
    comment_count: Mapped[int] = column_property(
        select(func.count(Comment.id)).where(Comment.article_id == id).correlate_except(Comment).scalar_subquery()
    )


with app.app_context():
    db.create_all()


def get_or_create(model, name):
    return db.session.scalar(db.select(model).filter_by(name=name)) or model(name=name)


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


def summary(article):
    tags = [tag.name for tag in article.tags]
    return {"id": article.id, "title": article.title, "author": article.author.name, "tags": tags}


@app.get("/articles")
def list_articles():
    # step: list
    query = db.select(Article).options(joinedload(Article.author), selectinload(Article.tags))
    page = db.paginate(query.order_by(Article.id.desc()), per_page=10)
    articles = [{**summary(article), "comment_count": article.comment_count} for article in page]
    return {"articles": articles, "page": page.page, "pages": page.pages}


@app.get("/articles/<int:id>")
def show_article(id):
    # step: show
    eager = [joinedload(Article.author), selectinload(Article.tags)]
    eager.append(selectinload(Article.comments).joinedload(Comment.author))
    article = db.get_or_404(Article, id, options=eager)
    comments = [{"author": comment.author.name, "body": comment.body} for comment in article.comments]
    return {**summary(article), "body": article.body, "comments": comments}


@app.post("/articles")
def publish_article():
    # step: publish
    match request.get_json():
        case {"author": author, "title": title, "body": body, "tags": [*tags]} if texts(author, title, body, *tags):
            article = Article(author=get_or_create(User, author), title=title, body=body)
            article.tags = [get_or_create(Tag, name) for name in sorted(set(tags))]
            db.session.add(article)
            db.session.commit()
            return summary(article), 201
    raise BadRequest("Send author, title, body and a list of tags.")


@app.patch("/articles/<int:id>")
def change_title(id):
    # step: change
    article = db.get_or_404(Article, id)
    match request.get_json():
        case {"title": title} if texts(title):
            article.title = title
            db.session.commit()
            return summary(article)
    raise BadRequest("Send a title.")


@app.delete("/articles/<int:id>")
def delete_article(id):
    # step: delete
    db.session.delete(db.get_or_404(Article, id))
    db.session.commit()
    return "", 204


@app.post("/articles/<int:id>/comments")
def add_comment(id):
    # step: comment
    article = db.get_or_404(Article, id)
    match request.get_json():
        case {"author": author, "body": body} if texts(author, body):
            article.comments.append(Comment(author=get_or_create(User, author), body=body))
            db.session.commit()
            return {"author": author, "body": body}, 201
    raise BadRequest("Send author and body.")
