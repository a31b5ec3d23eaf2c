from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore


class SessionStore(DatabaseSessionStore):
    """Sessions in the database. A key with other characters is not looked up, because PostgreSQL refuses NUL."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and {*key} <= {*VALID_KEY_CHARS}
