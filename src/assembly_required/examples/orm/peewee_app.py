"""Articles with an author, tags and comments, as JSON: peewee, active record.

A model is a table, an instance a row that saves itself: ``article.save()``, ``delete_instance()``. ``join`` reads the
author with the article, ``prefetch`` reads the tags of a whole page with one more query. ``FlaskDB`` opens a connection
for each request; ``PaginatedQuery`` and ``get_object_or_404`` come from peewee too.

Start it with ``flask --app peewee_app run``. https://docs.peewee-orm.com/en/latest/peewee/framework_integration.html
"""

from flask import Flask, abort, request
from peewee import CharField, ForeignKeyField, SqliteDatabase, TextField, fn, prefetch
from playhouse.flask_utils import FlaskDB, PaginatedQuery, get_object_or_404
from werkzeug.exceptions import BadRequest

app = Flask(__name__)
database = SqliteDatabase("peewee.sqlite3", pragmas={"foreign_keys": 1})
db_wrapper = FlaskDB(app, database)


class User(db_wrapper.Model):
    name = CharField(unique=True)


class Tag(db_wrapper.Model):
    name = CharField(unique=True)


class Article(db_wrapper.Model):
    title = CharField()
    body = TextField()
    author = ForeignKeyField(User, backref="articles")


class ArticleTag(db_wrapper.Model):
    article = ForeignKeyField(Article, backref="article_tags", on_delete="CASCADE")
    tag = ForeignKeyField(Tag, backref="article_tags")

    class Meta:
        indexes = ((("article", "tag"), True),)


class Comment(db_wrapper.Model):
    body = TextField()
    article = ForeignKeyField(Article, backref="comments", on_delete="CASCADE")
    author = ForeignKeyField(User, backref="comments")


with database:
    database.create_tables([User, Tag, Article, ArticleTag, Comment])

articles_with_author = Article.select(Article, User).join(User)
tags_in_order = ArticleTag.select(ArticleTag, Tag).join(Tag).order_by(Tag.name)
comments_in_order = Comment.select(Comment, User).join(User).order_by(Comment.id)


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


def load(id, *related):
    articles = prefetch(articles_with_author.where(Article.id == id), tags_in_order, *related)
    return articles[0] if articles else abort(404)


def summary(article):
    tags = [row.tag.name for row in article.article_tags]
    return {"id": article.id, "title": article.title, "author": article.author.name, "tags": tags}


@app.get("/articles")
def list_articles():
    # step: list
    comment_count = Comment.select(fn.COUNT(Comment.id)).where(Comment.article == Article.id)
    query = articles_with_author.select_extend(comment_count.alias("comment_count")).order_by(Article.id.desc())
    page = PaginatedQuery(query, paginate_by=10)
    articles = prefetch(page.get_object_list(), tags_in_order)
    listed = [{**summary(article), "comment_count": article.comment_count} for article in articles]
    return {"articles": listed, "page": page.get_page(), "pages": page.get_page_count()}


@app.get("/articles/<int:id>")
def show_article(id):
    # step: show
    article = load(id, comments_in_order)
    comments = [{"author": comment.author.name, "body": comment.body} for comment in article.comments]
    return {**summary(article), "body": article.body, "comments": comments}


@app.post("/articles")
@database.atomic()
def publish_article():
    # step: publish
    match request.get_json():
        case {"author": author, "title": title, "body": body, "tags": [*tags]} if texts(author, title, body, *tags):
            user, _ = User.get_or_create(name=author)
            article = Article.create(author=user, title=title, body=body)
            for name in sorted(set(tags)):
                tag, _ = Tag.get_or_create(name=name)
                ArticleTag.create(article=article, tag=tag)
            return summary(load(article.id)), 201
    raise BadRequest("Send author, title, body and a list of tags.")


@app.patch("/articles/<int:id>")
def change_title(id):
    # step: change
    article = load(id)
    match request.get_json():
        case {"title": title} if texts(title):
            article.title = title
            article.save(only=[Article.title])
            return summary(article)
    raise BadRequest("Send a title.")


@app.delete("/articles/<int:id>")
def delete_article(id):
    # step: delete
    get_object_or_404(Article, Article.id == id).delete_instance()
    return "", 204


@app.post("/articles/<int:id>/comments")
def add_comment(id):
    # step: comment
    article = get_object_or_404(Article, Article.id == id)
    match request.get_json():
        case {"author": author, "body": body} if texts(author, body):
            user, _ = User.get_or_create(name=author)
            Comment.create(article=article, author=user, body=body)
            return {"author": author, "body": body}, 201
    raise BadRequest("Send author and body.")
