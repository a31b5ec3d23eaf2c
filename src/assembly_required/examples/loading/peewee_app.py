"""One page of articles with author, tags and number of comments, read in five ways with peewee.

``lazy`` reads each relationship when it is used, ``eager`` with a join and ``prefetch``, ``columns`` reads tuples,
``prepared`` keeps the SQL that ``query.sql()`` made, ``by_hand`` is SQL as text.
``/eager?size=20`` answers the articles, ``/statements/eager?size=20`` the number of SQL statements.

Start it with ``flask --app peewee_app run``. https://docs.peewee-orm.com/en/latest/peewee/relationships.html
"""

from functools import cache

from flask import Flask, abort, request
from peewee import CharField, ForeignKeyField, SqliteDatabase, TextField, fn, prefetch
from playhouse.flask_utils import FlaskDB
from playhouse.test_utils import count_queries

database = SqliteDatabase(None)
db_wrapper = FlaskDB(database=database)


class User(db_wrapper.Model):
    name = CharField(unique=True)


class Tag(db_wrapper.Model):
    name = CharField(unique=True)


class Article(db_wrapper.Model):
    title = CharField()
    author = ForeignKeyField(User, backref="articles")


class ArticleTag(db_wrapper.Model):
    article = ForeignKeyField(Article, backref="article_tags")
    tag = ForeignKeyField(Tag, backref="article_tags")

    class Meta:
        indexes = ((("article", "tag"), True),)


class Comment(db_wrapper.Model):
    body = TextField()
    article = ForeignKeyField(Article, backref="comments")


TABLES = [User, Tag, Article, ArticleTag, Comment]


def to_dict(article, comment_count):
    tags = sorted(row.tag.name for row in article.article_tags)
    return {"title": article.title, "author": article.author.name, "tags": tags, "comments": comment_count}


def lazy(size=20):
    articles = Article.select().order_by(Article.id.desc()).limit(size)
    return [to_dict(article, article.comments.count()) for article in articles]


def count_comments():
    return Comment.select(fn.COUNT(Comment.id)).where(Comment.article == Article.id).alias("comment_count")


def eager(size=20):
    query = Article.select(Article, User, count_comments()).join(User).order_by(Article.id.desc()).limit(size)
    articles = prefetch(query, ArticleTag.select(ArticleTag, Tag).join(Tag))
    return [to_dict(article, article.comment_count) for article in articles]


def select_page(size):
    query = Article.select(Article.id, Article.title, User.name, count_comments())
    return query.join(User).order_by(Article.id.desc()).limit(size)


def select_tags(ids):
    query = ArticleTag.select(ArticleTag.article, Tag.name).join(Tag)
    return query.where(ArticleTag.article.in_(ids)).order_by(Tag.name)


def combine(rows, tag_rows):
    tags = {id: [] for id, *_ in rows}
    for article_id, name in tag_rows:
        tags[article_id].append(name)
    names = ("title", "author", "comments")
    return [{**dict(zip(names, row[1:], strict=True)), "tags": tags[row[0]]} for row in rows]


def columns(size=20):
    rows = list(select_page(size).tuples())
    return combine(rows, select_tags([row[0] for row in rows]).tuples())


@cache
def page_sql():
    return select_page(1).sql()[0]  # the limit is a parameter


@cache
def tags_sql(count):
    return select_tags(list(range(count))).sql()[0]  # one parameter for each id


def prepared(size=20):
    rows = database.execute_sql(page_sql(), (size,)).fetchall()
    return combine(rows, database.execute_sql(tags_sql(len(rows)), [row[0] for row in rows]))


PAGE_SQL = """
    SELECT article.id, title, user.name, (SELECT count(*) FROM comment WHERE article_id = article.id)
    FROM article JOIN user ON user.id = author_id ORDER BY article.id DESC LIMIT ?
"""
TAGS_SQL = """
    SELECT article_id, name FROM articletag JOIN tag ON tag.id = tag_id WHERE article_id IN ({}) ORDER BY name
"""


def by_hand(size=20):
    rows = database.execute_sql(PAGE_SQL, (size,)).fetchall()
    marks = ", ".join("?" * len(rows))
    return combine(rows, database.execute_sql(TAGS_SQL.format(marks), [row[0] for row in rows]))


WAYS = {"lazy": lazy, "eager": eager, "columns": columns, "prepared": prepared, "by_hand": by_hand}


@database.atomic()
def seed():
    """Write 20 users, 10 tags and 1,000 articles: 0 to 3 tags and 0 to 6 comments each, always the same."""
    numbers = range(1, 1001)
    tagged = [(n, (n + 3 * i) % 10 + 1) for n in numbers for i in range(n % 4)]
    comments = [(f"Comment {i}", n) for n in numbers for i in range(n % 7)]
    User.insert_many([(n, f"user-{n}") for n in range(1, 21)], [User.id, User.name]).execute()
    Tag.insert_many([(n, f"tag-{n}") for n in range(1, 11)], [Tag.id, Tag.name]).execute()
    articles = [(n, f"Article {n}", n % 20 + 1) for n in numbers]
    Article.insert_many(articles, [Article.id, Article.title, Article.author]).execute()
    ArticleTag.insert_many(tagged, [ArticleTag.article, ArticleTag.tag]).execute()
    Comment.insert_many(comments, [Comment.body, Comment.article]).execute()


def create_app(path="peewee_loading.sqlite3"):
    app = Flask(__name__)
    database.init(path)
    db_wrapper.init_app(app)
    with database:
        database.create_tables(TABLES)
        if not Article.select().exists():
            seed()

    @app.get("/<way>")
    def read(way):
        size = request.args.get("size", 20, type=int)
        if way not in WAYS or not 1 <= size <= 1000:
            abort(404)
        return WAYS[way](size)

    @app.get("/statements/<way>")
    def statements(way):
        with count_queries() as counter:
            read(way)
        return {"statements": counter.count}

    return app
