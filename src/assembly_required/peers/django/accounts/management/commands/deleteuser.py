from django.core.management.base import BaseCommand, CommandError

from accounts.models import User


class Command(BaseCommand):
    help = "Delete a user with their articles, comments and favorites."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        deleted, _ = User.objects.filter(username=User.normalize_username(username)).delete()
        if not deleted:
            raise CommandError(f"There is no user {username!r}. Upper and lower case letters are different.")
        self.stdout.write(f"Deleted {username}.")
