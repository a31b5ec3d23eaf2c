"""What the blog needs from its store, password hashing, permissions and tokens.

The methods are named after what the blog does (``publish``, never ``session`` or ``query``), so the use cases in this
package know no extension. The interfaces of the other slots are in :mod:`assembly_required.stack.interfaces`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from .model import Account, Article, Caller, Comment, Profile, Session, User

Condition = tuple[Sequence[str], str, str]
"""Columns, ``"contains"`` or ``"equals"``, and a text: one of the columns has to match. Case is ignored."""


class Store(Protocol):
    """The ``orm`` slot: the data of the blog.

    ``viewer`` is the user who reads, or ``None`` for a visitor; ``following`` and ``favorited`` depend on them. Each
    method is one transaction. If another request has deleted the object in the meantime, a method raises ``NotFound``
    with the name of the object, or ``Unauthorized.invalid()`` if the object is the viewer.

    All datetimes are naive UTC.
    """

    @property
    def models(self) -> Mapping[str, Any]:
        """The ORM's model classes by table name, for an admin generated from models; empty if the ORM has none."""

    def add_user(self, username: str, email: str, password_hash: str) -> User:
        """Insert a user and return it.

        :raises Taken: with the key ``username`` or ``email``.
        """

    def user(self, id: int) -> User | None:
        """Return the user with this id, or ``None``."""

    def account(self, id: int) -> Account | None:
        """Return the account of the user with this id, or ``None``."""

    def find_account(self, email: str) -> Account | None:
        """Return the account of the user with this email, or ``None``."""

    def edit_user(self, user: User, changes: Mapping[str, Any]) -> User:
        """Set the columns named in ``changes`` and return the user.

        :raises Taken: with the key ``username`` or ``email``.
        """

    def edit_and_sign_out(self, account: Account, changes: Mapping[str, Any]) -> User | None:
        """Set the columns named in ``changes``, end all sessions of the user and raise their ``token_generation``.

        Return ``None``, and change nothing, if the email or the password is no longer that of ``account``. So of
        several requests that use one link at the same time, one succeeds.

        :raises Taken: with the key ``username`` or ``email``.
        """

    def remove_user(self, user: User, staff: Collection[int] = ()) -> None:
        """Delete a user and everything they own.

        :param staff: the ids of users of whom one has to remain. Of two requests at the same time that would delete the
            last two, one succeeds.
        :raises LastStaff: of ``staff`` only this user is left.
        """

    def add_session(self, session: Session) -> None:
        """Insert a session, and delete up to ``limits.EXPIRED_SESSIONS`` sessions that have expired."""

    def session(self, key_hash: str) -> Session | None:
        """Return the session with this hash and its user, or ``None``. It may have expired."""

    def remove_session(self, key_hash: str) -> None:
        """Delete the session with this hash, if there is one."""

    def remove_sessions(self, user: User) -> None:
        """Delete all sessions of a user."""

    def profile(self, username: str, viewer: User | None) -> Profile | None:
        """Return the profile with this username as the viewer sees it, or ``None``."""

    def grants(self, user: User) -> list[str]:
        """Return the groups and permissions granted to a user, sorted by name."""

    def users_with_grants(self) -> list[int]:
        """Return the ids of all users who have a grant, in ascending order."""

    def grant(self, user: User, name: str) -> None:
        """Grant a group or permission. Granting it twice changes nothing."""

    def revoke(self, user: User, name: str) -> None:
        """Remove the grant."""

    def follow(self, viewer: User, profile: Profile) -> None:
        """Make the viewer follow a profile. Following twice changes nothing."""

    def unfollow(self, viewer: User, profile: Profile) -> None:
        """Make the viewer stop following a profile."""

    def article(self, slug: str, viewer: User | None) -> Article | None:
        """Return the article with this slug and its body, or ``None``."""

    def articles(
        self, viewer: User | None, tag: str | None, author: str | None, favorited: str | None, limit: int, offset: int
    ) -> tuple[list[Article], int]:
        """Return one page of the articles that match all given filters, and the number of all that match.

        The newest come first. ``body`` is ``None``.
        """

    def feed(self, viewer: User, limit: int, offset: int) -> tuple[list[Article], int]:
        """Return the same as ``articles``, for the authors the viewer follows."""

    def publish(
        self, author: User, slug: str, title: str, description: str, body: str, tags: Sequence[str], at: datetime
    ) -> Article:
        """Insert an article with its tags in this order and return it.

        :raises Taken: with the key ``slug``.
        """

    def edit(self, viewer: User, article: Article, changes: Mapping[str, Any]) -> Article:
        """Set the columns named in ``changes``, and the tags from ``tag_list`` if given; return the article.

        :raises Taken: with the key ``slug``.
        """

    def remove(self, article: Article) -> None:
        """Delete an article with its comments, favorites and tags."""

    def favorite(self, viewer: User, article: Article) -> Article:
        """Add an article to the viewer's favorites and return it. Adding it twice changes nothing."""

    def unfavorite(self, viewer: User, article: Article) -> Article:
        """Remove an article from the viewer's favorites and return it."""

    def comments(self, article: Article, viewer: User | None) -> list[Comment]:
        """Return all comments on an article, oldest first."""

    def comment(self, article: Article, id: int, viewer: User | None) -> Comment | None:
        """Return the comment with this id on this article, or ``None``."""

    def add_comment(self, author: User, article: Article, body: str, at: datetime) -> Comment:
        """Insert a comment and return it."""

    def remove_comment(self, comment: Comment) -> None:
        """Delete a comment."""

    def tags(self) -> list[str]:
        """Return the names of all tags in use, sorted by code point."""

    def recent_tags(self, limit: int) -> list[str]:
        """The names of the tags used most recently, newest first, found in the last ``limits.RECENT_USES`` uses."""

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        """Add an entry to the log of changes.

        :param by: the username of who made the change.
        :param kind: the kind of object, and ``name`` its name.
        """

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, including their ids, as they are. Only ``flask seed`` uses it."""

    def unload(self, table: str, ids: Sequence[int]) -> None:
        """Delete the rows with these ids from a table, with all that refers to them: for ``flask seed --remove``."""

    def disconnect(self) -> None:
        """Close all pooled connections. The next use opens a new one."""


class Browsable(Protocol):
    """What a store has in addition, if an admin cannot be generated from its models."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """Return one page of the rows that match all conditions, and the number of all that match.

        A column of a related row is written ``author.username``. A minus before ``order`` sorts descending.
        """


class Hashing(Protocol):
    """The ``hashing`` slot: password hashes."""

    def hash(self, password: str) -> str:
        """Return a salted hash that names its algorithm and its cost parameters."""

    def verify(self, password_hash: str, password: str) -> bool:
        """Return whether this is the password. The comparison takes constant time.

        :raises ValueError: the hash cannot be read.
        """

    def outdated(self, password_hash: str) -> bool:
        """Return whether a verified hash should be replaced: another option made it, or it has other costs."""


class Attempts(Protocol):
    """Counts what a visitor may not attempt without end. The visitor is the one of this request."""

    def check_login(self, email: str) -> None:
        """Check whether the visitor may still log in to an account, whether or not it exists.

        :raises TooManyAttempts: too many logins have failed.
        """

    def count_failed_login(self, email: str) -> None:
        """Count a failed login.

        :raises TooManyAttempts: it is one more than allowed.
        """

    def count_letter(self, *receivers: str) -> None:
        """Count a letter, for each of the names of its receiver.

        :raises TooManyAttempts: it is one more than allowed.
        """

    def count_registration(self) -> None:
        """Count a registration, if their number is limited.

        :raises TooManyAttempts: it is one more than allowed.
        """


class Rights(Protocol):
    """What one user may do, in one request."""

    def may(self, permission: str, owner: int | None = None) -> bool:
        """Return whether the user has a permission.

        :param permission: a name from :mod:`assembly_required.conduit.permissions`.
        :param owner: the id of the user who owns the object, if the question is about one object.
        """


class Permissions(Protocol):
    """The ``permissions`` slot: what each user may do."""

    def of(self, user: User) -> Rights:
        """Return the rights of a user. The store is read at most once, and not at all if the user is the owner."""


class Tokens(Protocol):
    """The ``tokens`` slot: identify the caller of the API by a header."""

    @property
    def scheme(self) -> Mapping[str, Any]:
        """The OpenAPI Security Scheme Object that describes the header."""

    def issue(self, user: User) -> str:
        """Return a token for a user. It carries their id and their ``token_generation``."""

    def caller(self) -> Caller | None:
        """Return what the token of this request says, or ``None`` if there is no header.

        Whether the generation is still that of the user is checked later, when the user is loaded.

        :raises Unauthorized: ``Unauthorized.invalid()``, if the token is not valid.
        """


class Notices(Protocol):
    """Letters to users about their account. This is not a slot; they are sent with the ``mail`` slot."""

    def email_changed(self, account: Account, previous: str) -> None:
        """Tell the owner of an account that its email was changed.

        :param account: the account before the change; its email gets a warning, if it was confirmed.
        :param previous: the address that gets a link that undoes the change.
        """
