"""An admin for authors and articles with ``django.contrib.admin``.

A ``ModelAdmin`` says what a list shows, searches and filters; ``@admin.action`` adds a bulk action, and the export is
one too. The admin lets in users with ``is_staff`` and asks for a permission for each model, here those of a superuser.
Forms have CSRF tokens. Sign in as ``staff``; the password is the environment variable ``PASSWORD``, or a random one
that is printed at the start.

Start it with ``python django_app.py runserver`` and open http://127.0.0.1:8000/admin/.
It follows https://docs.djangoproject.com/en/5.2/ref/contrib/admin/
"""

import csv
import os
import secrets
import sys

import django
from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

PASSWORD = os.environ.get("PASSWORD") or secrets.token_urlsafe()


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
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        f"{__name__}.BlogConfig",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "admin_django.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    STATIC_URL="/admin/static/",
)
django.setup()

# Models can only be imported after django.setup().
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.staticfiles.views import serve
from django.db import models
from django.http import HttpResponse
from django.urls import path


class Author(models.Model):
    name = models.CharField(max_length=100, unique=True)

    def __str__(self):
        return self.name


class Article(models.Model):
    title = models.CharField(max_length=200)
    published = models.BooleanField(default=False)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="articles")

    def __str__(self):
        return self.title


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    # step: list
    list_display = ["title", "author", "published"]
    list_select_related = ["author"]
    ordering = ["title"]
    # step: search
    search_fields = ["title"]
    # step: filter
    list_filter = ["author", "published"]
    # step: edit
    fields = ["title", "author", "published"]
    actions = ["publish", "export_csv"]

    # step: act on many
    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, queryset):
        self.message_user(request, f"{queryset.update(published=True)} articles are published.")

    # step: export
    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(self, request, queryset):
        response = HttpResponse(content_type="text/csv")
        writer = csv.writer(response)
        writer.writerow(["Title", "Author", "Published"])
        writer.writerows(queryset.values_list("title", "author__name", "published"))
        return response


# step: staff only
urlpatterns = [
    path("admin/static/<path:path>", serve, {"insecure": True}),  # a real site leaves these files to its web server
    path("admin/", admin.site.urls),
]


def create_data():
    call_command("migrate", run_syncdb=True, verbosity=0)
    staff, _ = User.objects.get_or_create(username="staff", is_staff=True, is_superuser=True)
    reader, _ = User.objects.get_or_create(username="reader")
    for user in (staff, reader):
        user.set_password(PASSWORD)
        user.save()
    if not Author.objects.exists():
        ada, bob = Author.objects.create(name="Ada"), Author.objects.create(name="Bob")
        titles = {"On Orchids": ada, "Ferns": ada, "Mosses": bob}
        Article.objects.bulk_create(Article(title=title, author=author) for title, author in titles.items())


if __name__ == "__main__":
    create_data()
    if "PASSWORD" not in os.environ:
        print(f"Sign in as staff with the password {PASSWORD}")
    execute_from_command_line(sys.argv)
