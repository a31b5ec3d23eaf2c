"""The interfaces between the application and the adapters, one for each slot.

Each interface is a :class:`typing.Protocol`. An adapter does not inherit from it: its function ``build`` returns an
object with these methods and attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..conduit.attempts import Limit
from ..conduit.errors import Invalid
from ..conduit.interfaces import Hashing, Permissions, Store, Tokens
from ..conduit.model import User

if TYPE_CHECKING:
    from markupsafe import Markup
    from werkzeug.datastructures import MultiDict

View = Callable[..., Any]
Loader = Callable[[Any], dict[str, Any]]
Dumper = Callable[[Any], Any]
JSONSchemas = Mapping[str, Mapping[str, Any]]


class Migrations(Protocol):
    """The ``migrations`` slot: change the database schema step by step.

    An adapter also adds the group ``flask db`` to ``app.cli``, with the commands that its extension has.
    """

    def upgrade(self, revision: str | None = None) -> None:
        """Apply the steps up to ``revision``, or all steps."""

    def downgrade(self, revision: str | None = None) -> None:
        """Undo the steps after ``revision``, or the last step."""

    def current(self) -> str | None:
        """Return the last applied step; ``None`` if the database is empty."""

    def latest(self) -> str | None:
        """Return the newest step; ``None`` if there are no steps."""


class Login(Protocol):
    """The ``login`` slot: keep a user signed in on the site, with a cookie."""

    def sign_in(self, user: User, remember: bool = False) -> None:
        """Sign a user in until the browser is closed or, with ``remember``, for ``REMEMBER_DAYS``.

        It starts a new session: what was in the old one is dropped. A browser that already remembers this user goes on
        to do so.
        """

    def sign_out(self) -> None:
        """End the session of this browser and its remember cookie. Copies of the cookies stop working too."""

    def required(self, view: View) -> View:
        """Decorate a view of the site: pass it the viewer first, or redirect anonymous visitors to sign in."""

    def viewer(self) -> User | None:
        """Return the user of this request; ``None`` if nobody is signed in."""

    def fresh(self) -> bool:
        """Check whether the user has entered their password in this session, within the last ``FRESH_MINUTES``."""


class Field(Protocol):
    """A form field, as a template uses it."""

    @property
    def name(self) -> str:
        """The name in the request."""

    @property
    def label(self) -> str:
        """The label on the page."""

    @property
    def errors(self) -> Sequence[str]:
        """The error messages of this field."""

    @property
    def value(self) -> Any:
        """The value: a text or a list of texts."""

    @property
    def control(self) -> Markup:
        """The input element, rendered by the library."""


class Form(Protocol):
    """A form, empty or with submitted data."""

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by name."""

    @property
    def general(self) -> list[str]:
        """The error messages that do not belong to a single field."""

    def load(self) -> dict[str, Any]:
        """Validate the submitted data and return it by field name.

        :raises Invalid: the data is not valid.
        """

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Add errors that the application found: to the fields, or to ``general`` if there is no such field."""


class Forms(Protocol):
    """The ``forms`` slot: HTML forms and CSRF protection."""

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> Form:
        """Create a form by name, with submitted data or with initial values.

        Names: ``Register``, ``Login``, ``Settings``, ``PasswordReset``, ``NewPassword``, ``Article``, ``Comment``.
        """

    def csrf_field(self) -> Markup:
        """Render the hidden field with the CSRF token, which every form must contain."""

    def protect(self) -> None:
        """Check the CSRF token of this request.

        :raises BadRequest: the token is missing or wrong. Its description is the reason, for the log.
        """


class Mail(Protocol):
    """The ``mail`` slot: send mail to users."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Send a message through every backend in ``MAIL_BACKENDS``.

        :raises OSError: a backend failed. The errors of ``smtplib`` are of this type.
        """


class Limits(Protocol):
    """The ``limits`` slot: how often something may be attempted."""

    def check(self, *limits: Limit) -> None:
        """Check that one more attempt is allowed by each limit, without counting it.

        :raises TooManyAttempts: one limit is reached. The error has the seconds until all of them allow an attempt.
        """

    def count(self, *limits: Limit) -> None:
        """Count an attempt for each limit. Of attempts at the same time, only as many as allowed pass.

        :raises TooManyAttempts: it is one more than a limit allows.
        """


class Task(Protocol):
    """A function that is run outside of the request."""

    def enqueue(self, **arguments: Any) -> None:
        """Put a call into the queue.

        :param arguments: JSON values, because another process may run the task.

        :raises OSError: it was not queued, because the queue is full or the broker is not available.
        """


class Tasks(Protocol):
    """The ``tasks`` slot: run functions outside of the request.

    An adapter also adds the group ``flask tasks`` to ``app.cli``, with the command ``run`` for a worker.
    """

    def task(self, name: str, retries: int = 0) -> Callable[[Callable[..., None]], Task]:
        """Return a decorator that registers a function under a name.

        The function runs in an app context. It gets the number of the attempt, from 1, and then the arguments by name.
        It may run more than once for a call. If it raises an exception, it is called again up to ``retries`` times:
        after ``TASK_RETRY_SECONDS``, then after twice that time.
        """

    def join(self, timeout: float) -> bool:
        """Wait until this process has no task left, and return whether that was within ``timeout`` seconds.

        If workers in other processes run the tasks, this returns at once.
        """


class Validation(Protocol):
    """The ``validation`` slot: validate requests, and convert dataclasses to JSON values for responses.

    A name stands for a whole envelope: ``NewArticle`` is ``{"article": {...}}``. A loader returns a dict with only the
    fields that were sent, in snake case, so an absent field, null and an empty text can be told apart.
    """

    @property
    def schemas(self) -> Mapping[str, Any]:
        """The library's classes by name, for the ``docs`` adapters that use them."""

    def loader(self, name: str) -> Loader:
        """Return a function that validates parsed JSON and returns the fields. It raises ``Invalid``."""

    def dumper(self, name: str) -> Dumper:
        """Return a function that converts an envelope with dataclasses to JSON values."""

    def json_schemas(self) -> JSONSchemas:
        """Return all schemas as JSON Schema, for the ``docs`` adapters that build the document themselves.

        The keys are the names in the OpenAPI document: the payload ``NewArticle`` is ``NewArticleRequest``, the
        response ``Article`` is ``ArticleResponse``. Queries and nested objects keep their names.
        """

    def refusal(self, error: Any) -> Invalid:
        """Convert an error of the library, for the ``docs`` adapters in which the library itself validates."""


INTERFACES: Mapping[str, type] = {
    "orm": Store,
    "migrations": Migrations,
    "hashing": Hashing,
    "permissions": Permissions,
    "login": Login,
    "forms": Forms,
    "mail": Mail,
    "tasks": Tasks,
    "tokens": Tokens,
    "limits": Limits,
    "validation": Validation,
}
"""The interface of each slot.

``docs``, ``docs_ui`` and ``admin`` have no interface: their ``build`` adds routes to the app and returns nothing.
"""
