"""The table of slots: which options exist, what each needs, and what it does not support.

Couplings between extensions are data with a reason, so a wrong choice is explained before anything is imported.
``reader/chapters/adapter.md`` lists what a new built-in option needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import IO, Any

import click
from flask.cli import NoAppException

from .keys import Key


class ConfigError(NoAppException):
    """The configuration has an error.

    Every ``flask`` command that loads the app prints the message without a traceback.
    """

    exit_code = 2

    @property
    def problems(self) -> list[str]:
        """The problems that the message lists, one text for each."""
        return self.message.split("\n\n")

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message without a usage line, because the command itself was typed correctly."""
        click.secho(f"Error: {self.format_message()}", file=file, err=True, fg="red")


class StackError(ConfigError):
    """The options that were chosen cannot be used together."""


@dataclass(frozen=True)
class Need:
    """A requirement of an option: it works only with some options of another slot.

    :param slot: the other slot.
    :param among: the options of the other slot that fit.
    :param because: the reason, as a full sentence.
    """

    slot: str
    among: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Option:
    """One way to fill a slot.

    :param name: the name in the configuration, also of the adapter's module and, with hyphens, of the extra.
    :param summary: a short description.
    :param modules: the modules that must be installed in addition to Flask.
    :param needs: the options of other slots that it works with.
    :param cannot: what this option does not support, in full sentences.
    :param settings: the config keys that only this option reads.
    """

    name: str
    summary: str = ""
    modules: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    cannot: tuple[str, ...] = ()
    settings: Mapping[str, Key] = field(default_factory=dict, hash=False)

    @property
    def extra(self) -> str:
        """The extra of this project that installs the modules."""
        return self.name.replace("_", "-")

    def missing(self) -> list[str]:
        """List the modules that are not installed."""
        return [module for module in self.modules if find_spec(module) is None]


@dataclass(frozen=True)
class Slot:
    """A role in the application that one of several adapters fills.

    :param name: the name in ``STACK_<NAME>`` and ``adapters/<name>/``.
    :param stands_for: the Django built-in with the same role.
    :param options: the options; the first is the default.
    :param settings: the config keys that all options read.
    """

    name: str
    stands_for: str
    options: tuple[Option, ...]
    settings: Mapping[str, Key] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """The config key.

        >>> SLOTS["docs_ui"].key
        'STACK_DOCS_UI'
        """
        return f"STACK_{self.name.upper()}"

    @property
    def names(self) -> list[str]:
        """The names of the options; the first is the default."""
        return [option.name for option in self.options]

    def option(self, name: str) -> Option:
        """Return the option with this name. For the dotted path of another package, create an option without needs."""
        return next((option for option in self.options if option.name == name), Option(name))

    def all_settings(self) -> dict[str, Key]:
        """Return the config keys of the slot and of its options."""
        own = (option.settings for option in self.options)
        return {key: setting for settings in (self.settings, *own) for key, setting in settings.items()}


_TABLE = (
    Slot(
        "orm",
        "django.db.models",
        (
            Option(
                "flask_sqlalchemy",
                "Flask-SQLAlchemy: SQLAlchemy's ORM, with a session per request.",
                modules=("flask_sqlalchemy",),
            ),
            Option(
                "sqlalchemy_core",
                "SQLAlchemy Core: SQL as Python expressions, without the ORM.",
                modules=("sqlalchemy",),
            ),
            Option("plain", "SQL written by hand, run by sqlite3 or psycopg."),
            Option("peewee", "Peewee: a small ORM in the style of active records.", modules=("peewee",)),
            Option("django", "Django's ORM, without the rest of Django.", modules=("django",)),
        ),
    ),
    Slot(
        "migrations",
        "django.db.migrations",
        (
            Option(
                "flask_migrate",
                "Flask-Migrate: Alembic's revisions, in Python.",
                modules=("flask_migrate",),
                cannot=("Only with orm = flask_sqlalchemy can `flask db migrate` create a step from the models.",),
            ),
            Option(
                "plain",
                "Numbered SQL files, applied in order.",
                cannot=("`flask db` cannot create a step from the models.",),
            ),
        ),
    ),
    Slot(
        "hashing",
        "django.contrib.auth.hashers",
        (
            Option(
                "plain",
                "scrypt, by Werkzeug, which comes with Flask.",
                settings={
                    "SCRYPT_COST": Key(15, "The cost of a scrypt password hash: N is 2 to this power.", at_least=6)
                },
            ),
            Option(
                "argon2",
                "argon2-cffi: Argon2id, which makes guessing cost memory.",
                modules=("argon2",),
                settings={
                    "ARGON2_MEMORY": Key(19_456, "The memory that an Argon2 password hash uses, in KiB.", at_least=8)
                },
            ),
            Option(
                "django",
                "Django's password hashers: PBKDF2.",
                modules=("django",),
                settings={"PBKDF2_ITERATIONS": Key(600_000, "The number of iterations of a PBKDF2 password hash.")},
            ),
        ),
    ),
    Slot(
        "permissions",
        "django.contrib.auth's groups and permissions",
        (
            Option("plain", "Groups and permissions, looked up in Python."),
            Option("casbin", "PyCasbin: a policy language that decides who may do what.", modules=("casbin",)),
        ),
    ),
    Slot(
        "login",
        "django.contrib.auth and django.contrib.sessions",
        (
            Option("flask_login", "Flask-Login: sign-in sessions and a remember-me cookie.", modules=("flask_login",)),
            Option("plain", "Sign-in written by hand, with Flask's own session."),
        ),
        {
            "REMEMBER_DAYS": Key(
                30, 'The number of days for which "Remember me" keeps a user signed in.', at_most=3_650
            ),
            "FRESH_MINUTES": Key(
                30,
                "The number of minutes after which changes to the account ask for the password again.",
                at_most=1_440,
            ),
        },
    ),
    Slot(
        "forms",
        "django.forms and the CSRF middleware",
        (
            Option("flask_wtf", "Flask-WTF: WTForms with CSRF protection.", modules=("flask_wtf",)),
            Option("plain", "HTML forms and a CSRF token, written by hand."),
            Option("django", "Django's forms, with a CSRF token.", modules=("django",)),
        ),
    ),
    Slot(
        "mail",
        "django.core.mail",
        (
            Option(
                "flask_mailman", "Flask-Mailman: Django's mail module, ported to Flask.", modules=("flask_mailman",)
            ),
            Option("plain", "The standard library's smtplib and email."),
            Option("django", "Django's mail module and its backends.", modules=("django",)),
        ),
        {
            "MAIL_BACKENDS": Key(
                ["console", "file"],
                "How mail is delivered: console, file (instance/mail), smtp.",
                among=("console", "file", "smtp"),
            ),
            "MAIL_SERVER": Key("localhost", "The SMTP server."),
            "MAIL_PORT": Key(25, "The port of the SMTP server.", at_most=65_535),
            "MAIL_TIMEOUT": Key(5, "The number of seconds to wait for the SMTP server, at each step.", at_most=60),
            "MAIL_USE_TLS": Key(False, "Whether to encrypt the connection to the SMTP server with STARTTLS."),
            "MAIL_USERNAME": Key("", "The user name for the SMTP server. If empty, no sign-in takes place."),
            "MAIL_PASSWORD": Key("", "The password for the SMTP server."),
            "MAIL_DEFAULT_SENDER": Key("conduit@localhost", "The sender's address of all mail."),
        },
    ),
    Slot(
        "tasks",
        "django.tasks, and Celery beside it",
        (
            Option(
                "plain",
                "A thread in the server's process, with a queue in memory.",
                cannot=("A crash loses the tasks that were not done.",),
                settings={"TASK_QUEUE_SIZE": Key(1_000, "The number of tasks that may wait in one process.")},
            ),
            Option(
                "huey",
                "huey: a queue in an SQLite file, and one worker on the same machine.",
                modules=("huey",),
                cannot=("Without a running `flask tasks run` no task is done.",),
            ),
            Option(
                "celery",
                "Celery: a queue in RabbitMQ or Redis, and workers on any machine.",
                modules=("celery",),
                cannot=("Without a running `flask tasks run` no task is done.",),
                settings={
                    "CELERY_BROKER": Key(
                        "amqp://localhost", "The broker: RabbitMQ (amqp://...) or Redis (redis://...)."
                    ),
                    "CELERY_QUEUE": Key("conduit", "The name of the queue, one for each blog that uses the broker."),
                    "CELERY_REDELIVER_SECONDS": Key(
                        300, "The number of seconds after which Redis gives an unfinished task to another worker."
                    ),
                },
            ),
        ),
        {
            "TASK_RETRY_SECONDS": Key(
                10,
                "The number of seconds before a failed task is tried again; the next time it is twice as long.",
                at_least=0,
            )
        },
    ),
    Slot(
        "admin",
        "django.contrib.admin",
        (
            Option("none", "No admin site."),
            Option(
                "flask_admin",
                "Flask-Admin: an admin site with Peewee models.",
                modules=("flask_admin",),
                cannot=("Comments can be viewed and deleted, not edited.",),
            ),
            Option(
                "django",
                "Django's own admin site, mounted beside Flask.",
                modules=("django",),
                needs=(Need("orm", ("django",), "Django's admin is made from Django's models."),),
                cannot=("Comments can be viewed and deleted, not edited.",),
            ),
        ),
    ),
    Slot(
        "tokens",
        "rest_framework.authtoken",
        (
            Option("plain", "Signed tokens by itsdangerous, which comes with Flask."),
            Option("flask_jwt_extended", "Flask-JWT-Extended: JSON Web Tokens.", modules=("flask_jwt_extended", "jwt")),
            Option(
                "flask_httpauth",
                "Flask-HTTPAuth: reads the Authorization header; itsdangerous signs.",
                modules=("flask_httpauth",),
                cannot=("Clients must use the scheme Token; Bearer is not accepted.",),
            ),
        ),
        {"TOKEN_DAYS": Key(30, "The number of days for which an API token is valid.", at_most=36_500)},
    ),
    Slot(
        "limits",
        "rest_framework.throttling",
        (
            Option(
                "plain",
                "Counters in this process.",
                cannot=("Each process counts for itself, so several workers allow several times the attempts.",),
            ),
            Option(
                "flask_limiter",
                "Flask-Limiter: counters in this process or, for several workers, on Redis.",
                modules=("flask_limiter",),
                settings={
                    "LIMITS_STORAGE": Key(
                        "memory://", "Where the counters are: memory:// in each process, or redis://localhost:6379/0."
                    )
                },
            ),
        ),
        {
            "LIMIT_REGISTRATIONS": Key(
                "", "How many users may register from one address: 20/hour. If empty, it is not limited.", rate=True
            ),
            "LIMIT_WRITES": Key(
                "",
                "How many changes one address may send: 100/minute. If empty, it is not limited.",
                rate=True,
            ),
        },
    ),
    Slot(
        "validation",
        "rest_framework.serializers",
        (
            Option(
                "marshmallow", "marshmallow: schema classes that load and dump.", modules=("marshmallow", "apispec")
            ),
            Option("plain", "Checks written by hand."),
            Option("pydantic", "pydantic: models made from type hints.", modules=("pydantic",)),
            Option(
                "msgspec",
                "msgspec: fast structs made from type hints.",
                modules=("msgspec",),
                cannot=(
                    "Only the first error of a text is reported, not all of them (a name too long and with a slash).",
                ),
            ),
            Option("django", "Django REST framework's serializers.", modules=("django", "rest_framework")),
        ),
    ),
    Slot(
        "docs",
        "drf-spectacular",
        (
            Option(
                "flask_smorest",
                "flask-smorest: OpenAPI from decorated views and marshmallow schemas.",
                modules=("flask_smorest",),
                needs=(Need("validation", ("marshmallow",), "flask-smorest describes marshmallow schemas only."),),
            ),
            Option("plain", "An OpenAPI document built by hand from the table of operations."),
            Option("apispec", "apispec: an OpenAPI document built in code.", modules=("apispec",)),
            Option(
                "spectree",
                "spectree: OpenAPI and validation from type hints.",
                modules=("spectree",),
                needs=(
                    Need(
                        "validation",
                        ("pydantic", "msgspec"),
                        "spectree describes pydantic models and msgspec structs only.",
                    ),
                ),
            ),
        ),
    ),
    Slot(
        "docs_ui",
        "FastAPI's /docs",
        (
            Option("swagger", "Swagger UI: read the operations and try them out.", modules=("flask_swagger_ui",)),
            Option(
                "redoc",
                "Redoc: a page for reading.",
                modules=("flask_openapi_redoc",),
                cannot=("Operations cannot be tried out on the page.",),
            ),
        ),
    ),
)

SLOTS: dict[str, Slot] = {slot.name: slot for slot in _TABLE}
