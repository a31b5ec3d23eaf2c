"""What the application asks of each slot.

Each interface is a :class:`typing.Protocol`: a signature and one sentence for each method. An adapter inherits nothing;
its function ``build`` returns an object of this shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..conduit.errors import Invalid
from ..conduit.interfaces import Hashing, Permissions, Store, Tokens
from ..conduit.model import User

if TYPE_CHECKING:
    from markupsafe import Markup
    from werkzeug.datastructures import MultiDict

Loader = Callable[[Any], dict[str, Any]]
Dumper = Callable[[Any], Any]
JSONSchemas = Mapping[str, Mapping[str, Any]]


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


class Field(Protocol):
    """One field of a form, as a template shows it."""

    @property
    def name(self) -> str:
        """Its name in the request."""

    @property
    def label(self) -> str:
        """Its label on the page."""

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

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its fields, by name."""

    @property
    def general(self) -> list[str]:
        """Errors that belong to no single field."""

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


class Validation(Protocol):
    """The ``validation`` slot: from what was sent to what was meant, and from dataclasses to what goes out.

    A name stands for a whole envelope (``NewArticle`` is ``{"article": {...}}``). Loaded is a dict of the fields
    that were *sent*, in snake case: absent, null and empty are three things.
    """

    @property
    def schemas(self) -> Mapping[str, Any]:
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


INTERFACES: Mapping[str, type] = {
    "orm": Store,
    "migrations": Migrations,
    "hashing": Hashing,
    "permissions": Permissions,
    "login": Login,
    "forms": Forms,
    "mail": Mail,
    "tokens": Tokens,
    "validation": Validation,
}
"""The interface of each slot.

``docs``, ``docs_ui`` and ``admin`` have none: their ``build`` registers routes on the app and returns nothing.
"""
