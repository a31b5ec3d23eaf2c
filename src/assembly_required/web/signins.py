"""The table of sessions: in which browsers a user is signed in.

The browser's cookie holds a random key, and the table holds a hash of it, so nobody who can read the table can sign in
with it. A deleted row ends a session in every copy of its cookie.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from flask import current_app

from ..conduit.errors import WrongCredentials
from ..conduit.interfaces import Store
from ..conduit.model import Session, User, now


class SignIns:
    """The sessions in a store.

    :param store: the store with the users.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(self, user: User) -> tuple[str, Session]:
        """Start a session, and return its key and the session. It expires after ``REMEMBER_DAYS``.

        :raises WrongCredentials: the password of the user has been reset since they were loaded.
        """
        key, started = secrets.token_urlsafe(), now()
        expires = started + timedelta(days=current_app.config["REMEMBER_DAYS"])
        session = Session(hash_key(key), user, started, expires)
        self._store.add_session(session)
        # Their password may have been reset while it was verified, which ended the sessions that were there.
        current = self._store.user(user.id)
        if current is None or current.token_generation != user.token_generation:
            self.end(key)
            raise WrongCredentials
        return key, session

    def load(self, key: object) -> Session | None:
        """Return the session with this key; ``None`` if it has ended or expired, or if this is no key."""
        session = self._store.session(hash_key(key)) if isinstance(key, str) else None
        return session if session and session.expires_at > now() else None

    def end(self, *keys: object) -> None:
        """End the sessions with these keys. What is no key is ignored."""
        for key in {key for key in keys if isinstance(key, str)}:
            self._store.remove_session(hash_key(key))


def is_recent(session: Session) -> bool:
    """Whether the user has given their password within the last ``FRESH_MINUTES``."""
    return now() - session.signed_in_at < timedelta(minutes=current_app.config["FRESH_MINUTES"])


def hash_key(key: str) -> str:
    """Return the hash under which a session is stored. A random key needs neither salt nor many rounds.

    >>> hash_key("a key")[:16]
    '8fa3aab2faa9b79e'
    """
    return sha256(key.encode(errors="replace")).hexdigest()
