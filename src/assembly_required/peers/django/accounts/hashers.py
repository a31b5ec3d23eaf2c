from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from conduit_django.unavailable import ServerBusy

WAIT = 2
"""Seconds that a password waits for others."""

free = BoundedSemaphore(settings.PASSWORD_CHECKS)


class BoundedPBKDF2PasswordHasher(PBKDF2PasswordHasher):
    """Django's hasher, for a few passwords at the same time in each process, because each takes a core for a while.

    Making, verifying and updating a hash all end in ``encode``.
    """

    def encode(self, password, salt, iterations=None):
        if not free.acquire(timeout=WAIT):
            raise ServerBusy
        try:
            return super().encode(password, salt, iterations)
        finally:
            free.release()
