"""Limits on failed logins and on mail, counted in the cache.

Django has no such limits, and those of REST framework count all requests, not the failed ones.
"""

from hashlib import sha256

from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.dispatch import receiver
from rest_framework.throttling import BaseThrottle

LOGIN_WINDOW = 5 * 60
MAIL_WINDOW = 60 * 60
MAILS = 5


class TooManyAttempts(Exception):
    """A limit is reached.

    :param wait: seconds until the counters start again.
    """

    def __init__(self, wait):
        super().__init__(f"Too many attempts. Try again in {wait // 60} minutes.")
        self.wait = wait


def check_login(request, email):
    """Check that neither this account nor this address has had too many failed logins.

    :raises TooManyAttempts: a limit is reached.
    """
    limits = list_login_limits(request, email)
    counts = cache.get_many(limits)
    if any(counts.get(key, 0) >= limit for key, limit in limits.items()):
        raise TooManyAttempts(LOGIN_WINDOW)


@receiver(user_login_failed)
def count_failed_login(credentials, request, **kwargs):
    if request is not None:
        for key in list_login_limits(request, credentials.get("username", "")):
            increase(key, LOGIN_WINDOW)


def count_mail(email):
    """Count a mail to an address, whether or not an account has it.

    :raises TooManyAttempts: there were too many.
    """
    if increase(make_key("mail", email), MAIL_WINDOW) > MAILS:
        raise TooManyAttempts(MAIL_WINDOW)


def list_login_limits(request, email):
    """Return the keys of the counters of a login with their limits. Accounts that do not exist are counted alike."""
    email, address = email.lower(), BaseThrottle().get_ident(request)
    return {
        make_key("login", email, address): 10,
        make_key("login-account", email): 100,
        make_key("login-address", address): 100,
    }


def make_key(kind, *parts):
    return f"{kind}:{sha256(repr(parts).encode()).hexdigest()}"


def increase(key, window):
    cache.add(key, 0, window)
    try:
        return cache.incr(key)
    except ValueError:  # it has just expired
        return 1
