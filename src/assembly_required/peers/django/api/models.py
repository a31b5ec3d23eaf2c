from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.db import models
from django.utils import timezone


class TokenQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(created_at__gt=timezone.now() - timedelta(seconds=settings.API_TOKEN_AGE))

    def expired(self):
        return self.filter(created_at__lte=timezone.now() - timedelta(seconds=settings.API_TOKEN_AGE))

    def issue(self, user):
        """Create a token for a user and return its key, which is not stored."""
        self.expired().filter(user=user).delete()
        key = token_urlsafe(32)
        self.create(user=user, digest=digest(key))
        return key

    def with_key(self, key):
        return self.valid().select_related("user").get(digest=digest(key))


class Token(models.Model):
    """A token of the API.

    REST framework's own token has no end, is one for all devices of a user, and is stored as it is sent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TokenQuerySet.as_manager()

    def __str__(self):
        return f"{self.user} since {self.created_at:%Y-%m-%d %H:%M}"


def digest(key):
    return sha256(key.encode()).hexdigest()
