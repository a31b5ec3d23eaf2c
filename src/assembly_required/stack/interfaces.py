"""What the application asks of each slot.

*In Django* these contracts are the base classes you subclass: ``BasePasswordHasher``, ``BaseBackend``,
``BaseDatabaseWrapper``. To write your own part, you read them.

*Here* each is a :class:`typing.Protocol`: a signature and one sentence for each thing asked, in words of the blog and
never of a library (``publish``, not ``session`` or ``query``). An adapter inherits nothing; it has a function
``build`` that returns something of this shape, and mypy checks that it does.

*What it costs*: what only one extension can do is not reachable from here. That is the price of swapping, and the
reason why each adapter shows the extension's own way first.

*Next*: :mod:`assembly_required.conduit`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .conduit.errors import Invalid
from .conduit.model import Account, Article, Comment, Profile, User

if TYPE_CHECKING:
    from markupsafe import Markup
    from werkzeug.datastructures import MultiDict

Condition = tuple[Sequence[str], str, str]
"""One of these columns ``contains`` or ``equals`` a text; case does not matter."""

Loader = Callable[[Any], dict[str, Any]]
Dumper = Callable[[Any], Any]
JSONSchemas = Mapping[str, Mapping[str, Any]]


class Store(Protocol):
    """The ``orm`` slot: everything the blog remembers.

    A viewer is whoever looks, or ``None``: ``following`` and ``favorited`` depend on him. Each verb is one transaction.
    What a verb refers to may be gone by then, deleted by another request: it then raises ``NotFound`` with that
    thing's name, or ``Unauthorized.invalid()`` where it is the viewer himself.
    """

    models: Mapping[str, Any]
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


class Migrations(Protocol):
    """The ``migrations`` slot: the schema of the database, in steps."""

    def upgrade(self, revision: str | None = None) -> None:
        """Go up to a step, or to the last one."""

    def downgrade(self, revision: str | None = None) -> None:
        """Go down to a step, or one down."""

    def current(self) -> str | None:
        """The step at which the database stands; ``None`` if it is empty."""

    def latest(self) -> str | None:
        """The last step there is; ``None`` if there is none."""

    def revision(self, message: str) -> Path | None:
        """Write the step from the database to the models, where the option can; ``None`` if they agree."""


class Hashing(Protocol):
    """The ``hashing`` slot: what is kept instead of a password."""

    def hash(self, password: str) -> str:
        """A salted hash that carries its algorithm and costs."""

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether this is the password, compared in constant time; ``ValueError`` if the hash cannot be read."""

    def outdated(self, password_hash: str) -> bool:
        """Whether a hash that was verified is to be made anew: it is another option's, or has other costs."""


class Login(Protocol):
    """The ``login`` slot: who looks at the site, remembered in a cookie."""

    def sign_in(self, user: User, remember: bool = False) -> None:
        """Know him from the next response on, until the browser ends or, if he is to be remembered, REMEMBER_DAYS.

        A changed password ends it everywhere; whoever changed it is signed in again.
        """

    def sign_out(self) -> None:
        """Forget him."""

    def viewer(self) -> User | None:
        """Who looks, in this request."""

    def fresh(self) -> bool:
        """Whether the viewer has given his password since this browser was opened."""


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


class Field(Protocol):
    """One field of a form, as a template shows it."""

    name: str
    label: str

    @property
    def errors(self) -> Sequence[str]:
        """What is wrong with it."""

    @property
    def value(self) -> Any:
        """What stands in it: a text, or a list of texts."""

    @property
    def control(self) -> Markup:
        """The element that is filled in, as the library renders it."""


class Form(Protocol):
    """A form that is shown, or was sent."""

    fields: Mapping[str, Field]
    general: list[str]
    """What is wrong, and is about no single field."""

    def load(self) -> dict[str, Any]:
        """What was sent, by name; raises ``Invalid``."""

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Show what was found wrong elsewhere: beside the fields, the rest in ``general``."""


class Forms(Protocol):
    """The ``forms`` slot: what a visitor fills in, and the proof that he did it here."""

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> Form:
        """The form of this name, with what was sent or with these values.

        There are ``Register``, ``Login``, ``Settings``, ``PasswordReset``, ``NewPassword``, ``Article``, ``Comment``.
        """

    def csrf_field(self) -> Markup:
        """The hidden field that every form has to carry."""

    def protect(self) -> None:
        """Refuse this request with ``BadRequest`` unless it carries the field of this visitor."""


class Mail(Protocol):
    """The ``mail`` slot: letters to users."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a letter by all of MAIL_BACKENDS; ``OSError``, of which SMTP's are, if one does not take it."""


class Tokens(Protocol):
    """The ``tokens`` slot: who calls the API, proven by a header."""

    scheme: Mapping[str, Any]
    """How OpenAPI is to describe it: a Security Scheme Object."""

    def issue(self, user_id: int) -> str:
        """A token for a user, opaque to its bearer; it outlives a change of name and password."""

    def caller(self) -> int | None:
        """The user's id out of this request's header, ``None`` without one; raises ``Unauthorized.invalid()``."""


class Validation(Protocol):
    """The ``validation`` slot: from what was sent to what was meant, and from dataclasses to what goes out.

    A name stands for a whole envelope (``NewArticle`` is ``{"article": {...}}``). Loaded is a dict of the fields
    that were *sent*, in snake case: absent, null and empty are three things.
    """

    schemas: Mapping[str, Any]
    """The library's own classes, by name, for a docs adapter that reads them."""

    def loader(self, name: str) -> Loader:
        """A function from parsed JSON to fields, which raises ``Invalid``."""

    def dumper(self, name: str) -> Dumper:
        """A function from an envelope with dataclasses inside to JSON values."""

    def json_schemas(self) -> JSONSchemas:
        """Everything in JSON Schema, for a docs adapter that describes by itself.

        By the names of the OpenAPI document: a payload ``NewArticle`` is ``NewArticleRequest`` there, an answer
        ``Article`` is ``ArticleResponse``; queries and the objects inside have their own names.
        """

    def refusal(self, error: Any) -> Invalid:
        """The library's own error as ours, for a docs adapter that lets the library load."""
