"""Articles with an author, tags and comments, as JSON: Django's ORM inside a Flask app, active record.

After ``settings.configure`` and ``django.setup`` models work without a Django project. ``select_related`` joins the
author, ``prefetch_related`` reads the tags of a whole page with one more query, ``annotate`` adds the number of
comments. Deleting cascades in Python. Outside of Django's request cycle one closes the connection oneself.

Start it with ``flask --app django_in_flask_app run``. https://docs.djangoproject.com/en/stable/topics/db/queries/
"""

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.db import close_old_connections, connection, models, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from flask import Flask, request
from werkzeug.exceptions import BadRequest


class BlogConfig(AppConfig):
    name = __name__
    label = "blog"
    default_auto_field = "django.db.models.BigAutoField"


settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django_in_flask.sqlite3"}},
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
    body = models.TextField()
    author = models.ForeignKey(User, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)


class Comment(models.Model):
    body = models.TextField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.CASCADE)

    class Meta:
        ordering = ["id"]


app = Flask(__name__)
app.register_error_handler(Http404, lambda error: ("Not found", 404))
app.register_error_handler(InvalidPage, lambda error: ("Not found", 404))
app.teardown_request(lambda error: close_old_connections())
if not connection.introspection.table_names():
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("blog").get_models():
            editor.create_model(model)


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


def summary(article):
    tags = [tag.name for tag in article.tags.all()]
    return {"id": article.id, "title": article.title, "author": article.author.name, "tags": tags}


@app.get("/articles")
def list_articles():
    # step: list
    query = Article.objects.order_by("-id").select_related("author").prefetch_related("tags")
    page = Paginator(query.annotate(comment_count=models.Count("comments")), 10).page(request.args.get("page", 1))
    articles = [{**summary(article), "comment_count": article.comment_count} for article in page]
    return {"articles": articles, "page": page.number, "pages": page.paginator.num_pages}


@app.get("/articles/<int:id>")
def show_article(id):
    # step: show
    query = Article.objects.select_related("author").prefetch_related("tags", "comments__author")
    article = get_object_or_404(query, id=id)
    comments = [{"author": comment.author.name, "body": comment.body} for comment in article.comments.all()]
    return {**summary(article), "body": article.body, "comments": comments}


@app.post("/articles")
@transaction.atomic
def publish_article():
    # step: publish
    match request.get_json():
        case {"author": author, "title": title, "body": body, "tags": [*tags]} if texts(author, title, body, *tags):
            user, _ = User.objects.get_or_create(name=author)
            article = Article.objects.create(author=user, title=title, body=body)
            article.tags.set([Tag.objects.get_or_create(name=name)[0] for name in tags])
            return summary(article), 201
    raise BadRequest("Send author, title, body and a list of tags.")


@app.patch("/articles/<int:id>")
def change_title(id):
    # step: change
    article = get_object_or_404(Article, id=id)
    match request.get_json():
        case {"title": title} if texts(title):
            article.title = title
            article.save(update_fields=["title"])
            return summary(article)
    raise BadRequest("Send a title.")


@app.delete("/articles/<int:id>")
def delete_article(id):
    # step: delete
    get_object_or_404(Article, id=id).delete()
    return "", 204


@app.post("/articles/<int:id>/comments")
def add_comment(id):
    # step: comment
    article = get_object_or_404(Article, id=id)
    match request.get_json():
        case {"author": author, "body": body} if texts(author, body):
            user, _ = User.objects.get_or_create(name=author)
            article.comments.create(author=user, body=body)
            return {"author": author, "body": body}, 201
    raise BadRequest("Send author and body.")
