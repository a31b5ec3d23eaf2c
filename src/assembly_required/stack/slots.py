"""The table of slots: the options of each, what they need, and what they cannot do.

An option's name is the name of its module in ``adapters/<slot>/``. A coupling between two options is data with a
reason, so a wrong choice is explained before any adapter is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import IO, Any

import click
from flask.cli import NoAppException


class ConfigError(NoAppException):
    """The configuration asks for something that cannot be.

    Under the ``flask`` command it is printed without a traceback, also where the app is only loaded on the way.
    """

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message alone: a usage line of the command that loaded the app would mislead."""
        click.secho(f"Error: {self.format_message()}", file=file, err=True, fg="red")


class StackError(ConfigError):
    """The choice of options does not make a stack."""


@dataclass(frozen=True)
class Need:
    """An option works only with some options of another slot.

    :param slot: the other slot.
    :param among: its options that fit.
    :param because: the reason, a whole sentence.
    """

    slot: str
    among: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class Option:
    """One way to fill a slot.

    :param name: the name in config, of the module, of the tests, and with hyphens of the extra.
    :param modules: what has to be importable; empty for what Flask itself brings.
    :param needs: its couplings.
    :param cannot: what the interface allows and this option does not do: "It cannot" and this make a sentence.
    """

    name: str
    modules: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    cannot: tuple[str, ...] = ()

    @property
    def extra(self) -> str:
        """The extra of this project that installs what it needs."""
        return self.name.replace("_", "-")

    def missing(self) -> list[str]:
        """The modules that are not installed."""
        return [module for module in self.modules if find_spec(module) is None]


@dataclass(frozen=True)
class Slot:
    """A place where one of several adapters is chosen.

    :param name: as in ``STACK_<NAME>`` and ``adapters/<name>/``.
    :param stands_for: the Django built-in that is rebuilt here.
    :param options: the first is the default.
    """

    name: str
    stands_for: str
    options: tuple[Option, ...]

    @property
    def key(self) -> str:
        """The config key.

        >>> SLOTS["docs_ui"].key
        'STACK_DOCS_UI'
        """
        return f"STACK_{self.name.upper()}"

    @property
    def names(self) -> list[str]:
        """The names of its options, the default first."""
        return [option.name for option in self.options]

    def option(self, name: str) -> Option:
        """The option with this name; one behind a dotted path needs nothing that could be known yet."""
        return next((option for option in self.options if option.name == name), Option(name))


_TABLE = (
    Slot(
        "orm",
        "django.db.models",
        (
            Option("flask_sqlalchemy", modules=("flask_sqlalchemy",)),
            Option("plain"),
            Option("peewee", modules=("peewee",)),
            Option("django", modules=("django",)),
        ),
    ),
    Slot(
        "migrations",
        "django.db.migrations",
        (
            Option(
                "flask_migrate",
                modules=("flask_migrate",),
                cannot=("make a step out of the models of another orm than flask_sqlalchemy (flask db revision).",),
            ),
            Option("plain", cannot=("make a step out of models (flask db revision).",)),
        ),
    ),
    Slot(
        "hashing",
        "django.contrib.auth.hashers",
        (Option("plain"), Option("argon2", modules=("argon2",)), Option("django", modules=("django",))),
    ),
    Slot(
        "permissions",
        "django.contrib.auth's groups and permissions",
        (Option("plain"), Option("casbin", modules=("casbin",))),
    ),
    Slot(
        "login",
        "django.contrib.auth and django.contrib.sessions",
        (Option("flask_login", modules=("flask_login",)), Option("plain")),
    ),
    Slot(
        "forms",
        "django.forms and the CSRF middleware",
        (Option("flask_wtf", modules=("flask_wtf",)), Option("plain"), Option("django", modules=("django",))),
    ),
    Slot(
        "mail",
        "django.core.mail",
        (Option("flask_mailman", modules=("flask_mailman",)), Option("plain"), Option("django", modules=("django",))),
    ),
    Slot(
        "admin",
        "django.contrib.admin",
        (
            Option("none"),
            Option(
                "flask_admin",
                modules=("flask_admin",),
                cannot=("change a comment: it is read and deleted.",),
            ),
            Option(
                "django",
                modules=("django",),
                needs=(Need("orm", ("django",), "Django's admin is made from Django's models."),),
                cannot=("change a comment: it is read and deleted.",),
            ),
        ),
    ),
    Slot(
        "tokens",
        "rest_framework.authtoken",
        (
            Option("plain"),
            Option("flask_jwt_extended", modules=("flask_jwt_extended", "jwt")),
            Option(
                "flask_httpauth",
                modules=("flask_httpauth",),
                cannot=("take the scheme Bearer in place of Token.",),
            ),
        ),
    ),
    Slot(
        "validation",
        "rest_framework.serializers",
        (
            Option("marshmallow", modules=("marshmallow", "apispec")),
            Option("plain"),
            Option("pydantic", modules=("pydantic",)),
            Option(
                "msgspec",
                modules=("msgspec",),
                cannot=("say more than one thing that is wrong with one text (a name too long and with a slash).",),
            ),
            Option("django", modules=("django", "rest_framework")),
        ),
    ),
    Slot(
        "docs",
        "drf-spectacular",
        (
            Option(
                "flask_smorest",
                modules=("flask_smorest",),
                needs=(Need("validation", ("marshmallow",), "flask-smorest describes marshmallow schemas only."),),
            ),
            Option("plain"),
            Option("apispec", modules=("apispec",)),
            Option(
                "spectree",
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
            Option("swagger", modules=("flask_swagger_ui",)),
            Option(
                "redoc",
                modules=("flask_openapi_redoc",),
                cannot=("try an operation out: Redoc is for reading.",),
            ),
        ),
    ),
)

SLOTS: dict[str, Slot] = {slot.name: slot for slot in _TABLE}
