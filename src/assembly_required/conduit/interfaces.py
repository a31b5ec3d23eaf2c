"""What the blog asks of its store, its password hashes, its permissions and its tokens.

The interfaces speak in terms of the blog (``publish``, never ``session`` or ``query``), so the use cases in this
package know no extension. The interfaces of the other slots are in :mod:`assembly_required.stack.interfaces`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from .model import Account, Article, Comment, Profile, User

Condition = tuple[Sequence[str], str, str]
"""One of these columns ``contains`` or ``equals`` a text; case does not matter."""


class Store(Protocol):
    """The ``orm`` slot: everything the blog remembers.

    A viewer is whoever looks, or ``None``: ``following`` and ``favorited`` depend on him. Each verb is one transaction.
    What a verb refers to may be gone by then, deleted by another request: it then raises ``NotFound`` with that
    thing's name, or ``Unauthorized.invalid()`` where it is the viewer himself.
    """

    @property
    def models(self) -> Mapping[str, Any]:
        """The ORM's own classes by table, for an admin that is made from models; empty where there are none."""

    def add_user(self, username: str, email: str, password_hash: str) -> User:
        """Keep a new user, or raise ``Taken("username")`` or ``Taken("email")``."""

    def user(self, id: int) -> User | None:
        """The user with this id."""

    def account(self, id: int) -> Account | None:
        """The account of the user with this id."""

    def login(self, email: str) -> tuple[User, str] | None:
        """The user with this email, and his password's hash."""

    def edit_user(self, user: User, changes: Mapping[str, Any]) -> User:
        """Set the columns named in ``changes``; ``Taken`` as above."""

    def remove_user(self, user: User) -> None:
        """Delete him and all that is his."""

    def profile(self, username: str, viewer: User | None) -> Profile | None:
        """Somebody as the viewer sees him."""

    def grants(self, user: User) -> list[str]:
        """The groups and permissions that he was given, in the order of their names."""

    def grant(self, user: User, name: str) -> None:
        """Give him one; once is enough."""

    def revoke(self, user: User, name: str) -> None:
        """And take it away."""

    def follow(self, viewer: User, profile: Profile) -> None:
        """Let the viewer follow somebody; once is enough."""

    def unfollow(self, viewer: User, profile: Profile) -> None:
        """And no longer."""

    def article(self, slug: str, viewer: User | None) -> Article | None:
        """One article, with its body."""

    def articles(
        self, viewer: User | None, tag: str | None, author: str | None, favorited: str | None, limit: int, offset: int
    ) -> tuple[list[Article], int]:
        """A page of the articles that match all filters given, newest first, without bodies; and how many match."""

    def feed(self, viewer: User, limit: int, offset: int) -> tuple[list[Article], int]:
        """The same for the articles of those whom the viewer follows."""

    def publish(
        self, author: User, slug: str, title: str, description: str, body: str, tags: Sequence[str], at: datetime
    ) -> Article:
        """Keep a new article with its tags in this order, or raise ``Taken("slug")``."""

    def edit(self, viewer: User, article: Article, changes: Mapping[str, Any]) -> Article:
        """Set the columns named in ``changes``, and ``tag_list``; ``Taken("slug")`` as above."""

    def remove(self, article: Article) -> None:
        """Delete it with its comments, favorites and tags."""

    def favorite(self, viewer: User, article: Article) -> Article:
        """Mark it for the viewer; once is enough."""

    def unfavorite(self, viewer: User, article: Article) -> Article:
        """And take the mark away."""

    def comments(self, article: Article, viewer: User | None) -> list[Comment]:
        """All comments on it, oldest first."""

    def comment(self, article: Article, id: int, viewer: User | None) -> Comment | None:
        """The comment on this article with this id."""

    def add_comment(self, author: User, article: Article, body: str, at: datetime) -> Comment:
        """Keep a new comment."""

    def remove_comment(self, comment: Comment) -> None:
        """Delete it."""

    def tags(self) -> list[str]:
        """The names of all tags that an article carries, in the order of their code points."""

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        """Keep in the log of changes who did what to a thing of which kind."""

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write many rows at once, with their ids, as they are to stand in a table: for ``flask seed`` alone."""

    def disconnect(self) -> None:
        """Close the connections that are kept. Whoever wants one then opens it anew."""


class Browsable(Protocol):
    """What a store has beside its verbs if an admin cannot be made from its models."""

    def rows(
        self, table: str, columns: Sequence[str], conditions: Sequence[Condition], order: str, limit: int, offset: int
    ) -> tuple[list[dict[str, Any]], int]:
        """Some rows of a table, and how many there are that fulfil all conditions.

        A column of what a row refers to is written ``author.username``. A minus before ``order`` turns it around.
        """


class Hashing(Protocol):
    """The ``hashing`` slot: what is kept instead of a password."""

    def hash(self, password: str) -> str:
        """A salted hash that carries its algorithm and costs."""

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether this is the password, compared in constant time; ``ValueError`` if the hash cannot be read."""

    def outdated(self, password_hash: str) -> bool:
        """Whether a hash that was verified is to be made anew: it is another option's, or has other costs."""


class Rights(Protocol):
    """What one user may do, in one request."""

    def may(self, permission: str, owner: int | None = None) -> bool:
        """Whether he may do it, to a thing of the user with the id ``owner`` or at all.

        Source of the names: :mod:`assembly_required.conduit.permissions`.
        """


class Permissions(Protocol):
    """The ``permissions`` slot: from who somebody is to what he may do."""

    def of(self, user: User) -> Rights:
        """The rights of a user; the store is asked once, and only if being the author does not settle it."""


class Tokens(Protocol):
    """The ``tokens`` slot: who calls the API, proven by a header."""

    @property
    def scheme(self) -> Mapping[str, Any]:
        """How the OpenAPI document describes it: a Security Scheme Object."""

    def issue(self, user_id: int) -> str:
        """A token for a user, opaque to its bearer; it outlives a change of name and password."""

    def caller(self) -> int | None:
        """The user's id out of this request's header, ``None`` without one; raises ``Unauthorized.invalid()``."""
