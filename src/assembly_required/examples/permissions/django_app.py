"""Permissions with ``django.contrib.auth``: authors may edit their articles, moderators all of them.

Each model has four permissions, such as ``blog.change_article``; a ``Group`` has permissions, and ``user.has_perm``
collects those of all its groups. Django has no rule for owners, so the view compares the author.
``permission_required`` guards a whole view. A middleware signs in by HTTP Basic authentication. Users are ``ada`` and
``bob``, who have written articles 1 and 2, and ``root``, an admin who may grant and revoke groups; each has the
password ``correct-horse``.

Start it with ``python django_app.py runserver``.
It follows https://docs.djangoproject.com/en/5.2/topics/auth/default/#permissions-and-authorization
"""

import base64
import json
import os
import secrets
import sys

import django
from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command, execute_from_command_line


class BlogConfig(AppConfig):
    name = __name__
    label = "blog"

    def import_models(self):
        super().import_models()
        self.models_module = self.module  # the models are in this file, not in a file models.py


settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", f"{__name__}.BlogConfig"],
    MIDDLEWARE=[f"{__name__}.basic_auth"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "permissions_django.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    # The password is checked for each request. scrypt takes less time than Django's default, and needs more memory.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.ScryptPasswordHasher"],
    USE_I18N=False,
)
django.setup()

# Models can only be imported after django.setup().
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_http_methods


class Article(models.Model):
    title = models.TextField()
    author = models.ForeignKey(User, on_delete=models.CASCADE)


# step: who asks
def basic_auth(get_response):
    def middleware(request):
        request.user = AnonymousUser()
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                username, _, password = base64.b64decode(value).decode().partition(":")
            except ValueError:
                username = password = ""
            request.user = authenticate(request, username=username, password=password) or request.user
        if request.method != "GET" and not request.user.is_authenticated:
            headers = {"WWW-Authenticate": 'Basic realm="articles"'}
            return JsonResponse({"error": "Sign in."}, status=401, headers=headers)
        return get_response(request)

    return middleware


def read_title(request):
    try:
        title = json.loads(request.body)["title"].strip()
        valid = bool(title.encode())
    except (ValueError, TypeError, KeyError, AttributeError):
        valid = False
    if not valid:
        raise BadRequest("Send a title.")
    return title


# step: edit
@require_http_methods(["GET", "PUT"])
def article(request, id):
    article = get_object_or_404(Article.objects.select_related("author"), pk=id)
    if request.method == "PUT":
        # step: what they may do
        if article.author != request.user and not request.user.has_perm("blog.change_article"):
            raise PermissionDenied
        article.title = read_title(request)
        article.save(update_fields=["title"])
    return JsonResponse({"title": article.title, "author": article.author.get_username()})


@require_http_methods(["POST", "DELETE"])
@permission_required("auth.change_group", raise_exception=True)
def membership(request, group, user):
    group = get_object_or_404(Group, name=group)
    user = get_object_or_404(User, username=user)
    if request.method == "POST":
        # step: grant a group
        user.groups.add(group)
    else:
        # step: revoke a group
        user.groups.remove(group)
    return HttpResponse(status=204)


urlpatterns = [
    path("articles/<int:id>", article),
    path("groups/<group>/<user>", membership),
]


# step: the rules
def create_data():
    call_command("migrate", run_syncdb=True, verbosity=0)
    if User.objects.exists():
        return
    ada, bob, root = (User.objects.create_user(name, password="correct-horse") for name in ("ada", "bob", "root"))
    Article.objects.create(pk=1, title="Ada's article", author=ada)
    Article.objects.create(pk=2, title="Bob's article", author=bob)
    moderators = Group.objects.create(name="moderators")
    moderators.permissions.add(Permission.objects.get(content_type__app_label="blog", codename="change_article"))
    admins = Group.objects.create(name="admins")
    admins.permissions.add(Permission.objects.get(content_type__app_label="auth", codename="change_group"))
    root.groups.add(admins)


if __name__ == "__main__":
    create_data()
    execute_from_command_line(sys.argv)
