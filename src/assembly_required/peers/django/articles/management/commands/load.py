import json
import sys
from functools import cache

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from articles.models import Article, Comment, Tag, Tagging

hash_password = cache(make_password)


class Command(BaseCommand):
    help = 'Load made-up data from standard input: lines of JSON such as {"tags": [{"id": 1, "name": "django"}]}.'

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Load nothing if there is a user already.")

    def handle(self, *, if_empty, **options):
        if if_empty and User.objects.exists():
            self.stdout.write("Nothing was loaded: the database has users already.")
            return
        try:
            with transaction.atomic():
                for line in sys.stdin:
                    for table, rows in json.loads(line).items():
                        self.load(table, rows)
                self.reset_sequences()
        except IntegrityError as error:
            raise CommandError(f"Nothing was written, because the database refused a row: {error}") from None

    def load(self, table, rows):
        model, make = MODELS[table]
        model.objects.bulk_create([model(**make(row)) for row in rows])

    def reset_sequences(self):
        """Let the ids that the database gives start after the loaded ones."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in MODELS.values()]):
                cursor.execute(statement)


def make_user(row):
    password = hash_password(row.pop("password"))
    return {**row, "password": password, "bio": row["bio"] or "", "image": row["image"] or ""}


def make_follow(row):
    return {"id": row["id"], "from_user_id": row["follower_id"], "to_user_id": row["followed_id"]}


def make_tagging(row):
    return {name: row[name] for name in ("id", "article_id", "tag_id", "position")}


def make_favorite(row):
    return {name: row[name] for name in ("id", "article_id", "user_id")}


def unchanged(row):
    return row


MODELS = {
    "tags": (Tag, unchanged),
    "users": (User, make_user),
    "follows": (User.follows.through, make_follow),
    "articles": (Article, unchanged),
    "article_tags": (Tagging, make_tagging),
    "favorites": (Article.favorited_by.through, make_favorite),
    "comments": (Comment, unchanged),
}
