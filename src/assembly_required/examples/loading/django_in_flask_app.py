"""One page of articles with author, tags and number of comments, read in five ways with Django's ORM in a Flask app.

``lazy`` reads each relationship when it is used, ``eager`` with ``select_related`` and ``prefetch_related``,
``columns`` reads tuples with ``values_list``. A query set cannot keep its SQL, so ``prepared`` gives kept SQL to
``raw()``, which still makes objects; ``by_hand`` uses a cursor.
``/eager?size=20`` answers the articles, ``/statements/eager?size=20`` the number of SQL statements.

Start it with ``flask --app django_in_flask_app run``. https://docs.djangoproject.com/en/stable/topics/db/optimization/
"""

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.db import close_old_connections, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from flask import Flask, abort, request


class BlogConfig(AppConfig):
    name = __name__
    label = "blog"
    default_auto_field = "django.db.models.BigAutoField"


settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django_in_flask_loading.sqlite3"}},
    INSTALLED_APPS=[f"{__name__}.BlogConfig"],
)
django.setup()


class User(models.Model):
    name = models.CharField(max_length=80, unique=True)


class Tag(models.Model):
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]


class Article(models.Model):
    title = models.CharField(max_length=200)
    author = models.ForeignKey(User, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)


class Comment(models.Model):
    body = models.TextField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")


def to_dict(article, comment_count):
    tags = [tag.name for tag in article.tags.all()]
    return {"title": article.title, "author": article.author.name, "tags": tags, "comments": comment_count}


def lazy(size=20):
    articles = Article.objects.order_by("-id")[:size]
    return [to_dict(article, article.comments.count()) for article in articles]


def count_comments():
    """Return a subquery: counting over a join would group the whole table before it takes a page."""
    comments = Comment.objects.filter(article=models.OuterRef("pk")).order_by().values("article")
    count = models.Subquery(comments.annotate(count=models.Count("pk")).values("count"))
    return models.functions.Coalesce(count, 0)


def eager(size=20):
    query = Article.objects.select_related("author").prefetch_related("tags").annotate(comment_count=count_comments())
    return [to_dict(article, article.comment_count) for article in query.order_by("-id")[:size]]


def combine(rows, tag_rows):
    tags = {id: [] for id, *_ in rows}
    for article_id, name in tag_rows:
        tags[article_id].append(name)
    names = ("title", "author", "comments")
    return [{**dict(zip(names, row[1:], strict=True)), "tags": tags[row[0]]} for row in rows]


def columns(size=20):
    query = Article.objects.order_by("-id").values_list("id", "title", "author__name", count_comments())
    rows = list(query[:size])
    tags = Article.tags.through.objects.filter(article__in=[row[0] for row in rows]).order_by("tag__name")
    return combine(rows, tags.values_list("article_id", "tag__name"))


PAGE_SQL = """
    SELECT blog_article.id, title, blog_user.name AS author_name,
        (SELECT count(*) FROM blog_comment WHERE article_id = blog_article.id) AS comment_count
    FROM blog_article JOIN blog_user ON blog_user.id = author_id ORDER BY blog_article.id DESC LIMIT %s
"""
TAGS_SQL = """
    SELECT blog_article_tags.id, article_id, name FROM blog_article_tags JOIN blog_tag ON blog_tag.id = tag_id
    WHERE article_id IN ({}) ORDER BY name
"""


def prepared(size=20):
    articles = Article.objects.raw(PAGE_SQL, [size])
    rows = [(article.id, article.title, article.author_name, article.comment_count) for article in articles]
    tags_sql = TAGS_SQL.format(", ".join(["%s"] * len(rows)))
    tagged = Article.tags.through.objects.raw(tags_sql, [row[0] for row in rows])
    return combine(rows, [(row.article_id, row.name) for row in tagged])


def by_hand(size=20):
    with connection.cursor() as cursor:
        rows = cursor.execute(PAGE_SQL, [size]).fetchall()
        tags_sql = TAGS_SQL.format(", ".join(["%s"] * len(rows)))
        tagged = cursor.execute(tags_sql, [row[0] for row in rows]).fetchall()
    return combine(rows, [(article_id, name) for _, article_id, name in tagged])


WAYS = {"lazy": lazy, "eager": eager, "columns": columns, "prepared": prepared, "by_hand": by_hand}


@transaction.atomic
def seed():
    """Write 20 users, 10 tags and 1,000 articles: 0 to 3 tags and 0 to 6 comments each, always the same."""
    numbers = range(1, 1001)
    tagged = Article.tags.through
    User.objects.bulk_create(User(id=n, name=f"user-{n}") for n in range(1, 21))
    Tag.objects.bulk_create(Tag(id=n, name=f"tag-{n}") for n in range(1, 11))
    Article.objects.bulk_create(Article(id=n, title=f"Article {n}", author_id=n % 20 + 1) for n in numbers)
    tagged.objects.bulk_create(tagged(article_id=n, tag_id=(n + 3 * i) % 10 + 1) for n in numbers for i in range(n % 4))
    Comment.objects.bulk_create(Comment(body=f"Comment {i}", article_id=n) for n in numbers for i in range(n % 7))


def create_app(database=None):
    app = Flask(__name__)
    app.teardown_request(lambda error: close_old_connections())
    if database:
        connection.settings_dict["NAME"] = database  # the connections of all threads share these settings
    if not connection.introspection.table_names():
        with connection.schema_editor() as editor:
            for model in apps.get_app_config("blog").get_models():
                editor.create_model(model)
        seed()

    @app.get("/<way>")
    def read(way):
        size = request.args.get("size", 20, type=int)
        if way not in WAYS or not 1 <= size <= 1000:
            abort(404)
        return WAYS[way](size)

    @app.get("/statements/<way>")
    def statements(way):
        with CaptureQueriesContext(connection) as queries:
            read(way)
        return {"statements": len(queries)}

    return app
