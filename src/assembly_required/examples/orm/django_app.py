"""Articles with an author, tags and comments, as JSON: Django, in one file.

A class-based view has one method for each HTTP method. ``select_related`` joins the author, ``prefetch_related`` reads
the tags of a whole page with one more query, ``annotate`` adds the number of comments, ``Paginator`` cuts the pages.
Cookies are not used, so there is no CSRF middleware.

Start it with ``python django_app.py runserver``. https://docs.djangoproject.com/en/stable/topics/db/queries/
"""

import json
import os
import secrets
import sys

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.management import execute_from_command_line
from django.core.paginator import InvalidPage, Paginator
from django.db import connection, models, transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views import View


class BlogConfig(AppConfig):
    name = __name__
    label = "blog"
    default_auto_field = "django.db.models.BigAutoField"


settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django.sqlite3"}},
    INSTALLED_APPS=[f"{__name__}.BlogConfig"],
    ROOT_URLCONF=__name__,
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


def texts(*values):
    return all(isinstance(value, str) and value for value in values)


def load_json(request):
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise BadRequest("Send JSON.") from error


def summary(article):
    tags = [tag.name for tag in article.tags.all()]
    return {"id": article.id, "title": article.title, "author": article.author.name, "tags": tags}


class ArticleList(View):
    def get(self, request):
        # step: list
        query = Article.objects.order_by("-id").select_related("author").prefetch_related("tags")
        paginator = Paginator(query.annotate(comment_count=models.Count("comments")), 10)
        try:
            page = paginator.page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404 from error
        articles = [{**summary(article), "comment_count": article.comment_count} for article in page]
        return JsonResponse({"articles": articles, "page": page.number, "pages": paginator.num_pages})

    @transaction.atomic
    def post(self, request):
        # step: publish
        match load_json(request):
            case {"author": author, "title": title, "body": body, "tags": [*tags]} if texts(author, title, body, *tags):
                user, _ = User.objects.get_or_create(name=author)
                article = Article.objects.create(author=user, title=title, body=body)
                article.tags.set([Tag.objects.get_or_create(name=name)[0] for name in tags])
                return JsonResponse(summary(article), status=201)
        raise BadRequest("Send author, title, body and a list of tags.")


class ArticleDetail(View):
    def get(self, request, id):
        # step: show
        query = Article.objects.select_related("author").prefetch_related("tags", "comments__author")
        article = get_object_or_404(query, id=id)
        comments = [{"author": comment.author.name, "body": comment.body} for comment in article.comments.all()]
        return JsonResponse({**summary(article), "body": article.body, "comments": comments})

    def patch(self, request, id):
        # step: change
        article = get_object_or_404(Article, id=id)
        match load_json(request):
            case {"title": title} if texts(title):
                article.title = title
                article.save(update_fields=["title"])
                return JsonResponse(summary(article))
        raise BadRequest("Send a title.")

    def delete(self, request, id):
        # step: delete
        get_object_or_404(Article, id=id).delete()
        return HttpResponse(status=204)


class CommentList(View):
    def post(self, request, id):
        # step: comment
        article = get_object_or_404(Article, id=id)
        match load_json(request):
            case {"author": author, "body": body} if texts(author, body):
                user, _ = User.objects.get_or_create(name=author)
                article.comments.create(author=user, body=body)
                return JsonResponse({"author": author, "body": body}, status=201)
        raise BadRequest("Send author and body.")


urlpatterns = [
    path("articles", ArticleList.as_view()),
    path("articles/<int:id>", ArticleDetail.as_view()),
    path("articles/<int:id>/comments", CommentList.as_view()),
]

if __name__ == "__main__":
    if not connection.introspection.table_names():
        with connection.schema_editor() as editor:
            for model in apps.get_app_config("blog").get_models():
                editor.create_model(model)
    execute_from_command_line(sys.argv)
