"""Every config key, and where its value comes from.

There are four layers: the defaults below, ``instance/config.toml``, the environment (``FLASK_<KEY>``), and the argument
of ``create_app``. A text from the environment is read by the type of the default. Each value is kept with its origin,
so that an error can say which line to change.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from flask import Flask

from ..conduit.limits import REQUEST_BYTES
from .packages import format_install
from .slots import SLOTS, ConfigError


class Key(NamedTuple):
    """A config key.

    :param default: its value where no layer says otherwise; a value of a layer has to be of the same type.
    :param meaning: one sentence for ``config.example.toml``.
    :param at_least: the smallest number allowed, where it is one.
    :param at_most: the largest, where there is one.
    :param among: what the texts of a list may be, where that is known.
    """

    default: str | int | bool | list[str]
    meaning: str
    at_least: int = 1
    at_most: int | None = None
    among: tuple[str, ...] = ()


KEYS: dict[str, Key] = {
    "STACK": Key("classic", "The named stack: an option for every slot."),
    **{slot.key: Key("", f"The option for {slot.name}, instead of the stack's.") for slot in SLOTS.values()},
    "DATABASE_URL": Key(
        "sqlite:///conduit.sqlite3",
        "Where the data lies: an SQLite file, relative to the instance folder, or postgresql://user@host/name.",
    ),
    "DATABASE_POOL": Key(
        10, "How many connections to PostgreSQL a process has at most: one for each thread is enough."
    ),
    "SECRET_KEY": Key("", "Signs sessions and tokens; empty means: the content of instance/secret_key."),
    "TOKEN_DAYS": Key(30, "How many days a token is valid.", at_most=36_500),
    "SCRYPT_COST": Key(15, "How costly a password hash is: scrypt's N is 2 to this power.", at_least=6),
    "ARGON2_MEMORY": Key(19_456, "How many KiB of memory an Argon2 hash takes.", at_least=8),
    "PBKDF2_ITERATIONS": Key(600_000, "How often Django's PBKDF2 hashes a password again."),
    "REMEMBER_DAYS": Key(30, "How many days a visitor is remembered who wants to be.", at_most=3_650),
    "SITE_URL": Key(
        "",
        "Where the site is reached, for links in mail: https://blog.example. Empty will do on localhost.",
    ),
    "LINK_HOURS": Key(24, "How many hours a link in a mail is valid.", at_most=720),
    "PASSWORD_VALIDATORS": Key(
        ["similar", "numeric"],
        "What a password may not be on the site's forms: similar to name or email, numeric, common.",
        among=("similar", "numeric", "common"),
    ),
    "MAIL_BACKENDS": Key(
        ["console", "file"],
        "Where mail goes: console, file (instance/mail), smtp.",
        among=("console", "file", "smtp"),
    ),
    "MAIL_SERVER": Key("localhost", "The host that takes mail, for smtp."),
    "MAIL_PORT": Key(25, "Its port.", at_most=65_535),
    "MAIL_USE_TLS": Key(False, "Encrypt what is sent to it, by STARTTLS."),
    "MAIL_USERNAME": Key("", "Whom to sign in as there; empty means: not at all."),
    "MAIL_PASSWORD": Key("", "The password for that."),
    "MAIL_DEFAULT_SENDER": Key("conduit@localhost", "Whom mail comes from."),
    "CORS_ORIGINS": Key(["*"], "Origins whose pages may call the API from a browser; * means all, [] none."),
    "SESSION_COOKIE_SECURE": Key(False, "Send the site's cookies over HTTPS only; set it wherever there is HTTPS."),
    "SESSION_COOKIE_SAMESITE": Key("Lax", "Whether the site's cookies go along from other sites: Lax or Strict."),
}

KEY_FILE = "secret_key"

LOCATION = "INSTANCE_PATH"
"""Where the instance folder lies. Not in the file, which lies in it: only ``FLASK_INSTANCE_PATH`` and the argument."""


KINDS = {str: "a text", int: "a number", bool: "true or false", list: "a list of texts"}
BOOLEANS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Database:
    """``DATABASE_URL``, parsed once for all adapters.

    :param dialect: which SQL it speaks: ``sqlite`` or ``postgresql``.
    :param location: the absolute path of SQLite's file; PostgreSQL's URL as libpq and psycopg read it.
    """

    dialect: str
    location: str

    def __str__(self) -> str:
        """For people: without the password.

        >>> str(Database("postgresql", "postgresql://ana:secret@db.example/blog"))
        'postgresql://ana:***@db.example/blog'
        """
        return _without_password(self.location)


@dataclass
class Settings:
    """The values of all layers together, each with its origin.

    :param root: the folder in which ``migrations/`` lies.
    :param instance: the folder for what belongs to this installation.
    """

    root: Path
    instance: Path
    values: dict[str, Any] = field(default_factory=lambda: {key: KEYS[key].default for key in KEYS})
    origins: dict[str, str] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """The origin of a value, for an error text.

        >>> Settings(Path(), Path()).where("STACK")
        'the default'
        """
        return self.origins.get(key, "the default")

    def add(self, layer: Mapping[str, Any], origin: str) -> None:
        """Lay one layer over what is there. ``STACK`` starts anew: choices of lower layers are dropped."""
        if "STACK" in layer:
            for slot in SLOTS.values():
                self.values[slot.key] = ""
        for key, value in layer.items():
            self.values[key] = value
            self.origins[key] = origin.format(key=key)

    def for_flask(self) -> dict[str, Any]:
        """What goes into ``app.config``: all values, the folder, the parsed database, the contract's size limit."""
        return {
            **self.values,
            "SECRET_KEY": self.values["SECRET_KEY"] or None,
            "ROOT": self.root,
            "DATABASE": self.database,
            "MAX_CONTENT_LENGTH": REQUEST_BYTES,
        }

    def check_root(self) -> None:
        """Check that the project's folder has the migrations.

        :raises ConfigError: it has not.
        """
        if not (self.root / "migrations").is_dir():
            raise ConfigError(
                f"The project's folder {self.root} has no folder 'migrations', so the database cannot be set up.\n"
                "Change to the folder of wsgi.py and run flask there, "
                "or write create_app(root=Path('path/to/the/project'))."
            )

    @property
    def database(self) -> Database:
        """Where the data lies.

        :raises ConfigError: the URL names no database that this application can use.
        """
        return parse_database_url(self.values["DATABASE_URL"], self.instance, self.where("DATABASE_URL"))


def read_settings(
    argument: Mapping[str, Any] | None = None, root: Path | None = None, *, text: str | None = None
) -> Settings:
    """Read all layers.

    :param argument: the uppermost layer.
    :param root: the folder of the project; the working directory, if not given.
    :param text: what ``config.toml`` is to hold, to try it before it is written.

    :raises ConfigError: a key is misspelt, or a value is not of the type of its default; all such keys together.
    """
    root = (root or Path.cwd()).resolve()
    argument = dict(argument or {})
    instance = root / (argument.pop(LOCATION, None) or os.environ.get(f"FLASK_{LOCATION}") or "instance")
    settings = Settings(root, instance)
    wrong: list[str] = []
    if key := read_key(instance):
        settings.add({"SECRET_KEY": key}, str(_short(instance / KEY_FILE, root)))
    file = _short(instance / "config.toml", root)
    settings.add(_checked(_from_file(instance / "config.toml", text, file), str(file), wrong), str(file))
    settings.add(_from_environment(wrong), "FLASK_{key}")
    settings.add(_checked(argument, "the argument of create_app", wrong), "the argument of create_app")
    if wrong:
        raise ConfigError("\n\n".join(wrong))
    return settings


def read_key(instance: Path) -> str:
    """The secret key that ``flask setup`` has made; empty if it has not."""
    return (_content(instance / KEY_FILE) or "").strip()


def _content(path: Path) -> str | None:
    """
    :raises ConfigError: the file is there, and cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.\nMake it readable, or remove it.") from None


def parse_database_url(url: str, instance: Path, origin: str) -> Database:
    """
    >>> parse_database_url("sqlite:///blog.db", Path("/srv/instance"), "").location
    '/srv/instance/blog.db'
    >>> parse_database_url("postgres://ana@db.example/blog", Path(), "").location
    'postgresql://ana@db.example/blog'
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _misread(url, origin, error) from None
    if parts.scheme in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise ConfigError(
                f"DATABASE_URL = {_without_password(url)!r} (from {origin}) needs psycopg, which is not installed "
                f"(no module named 'psycopg'). Run: {format_install('postgresql')}"
            )
        return _postgresql(url.replace(parts.scheme, "postgresql", 1), origin)
    path = unquote(parts.path)[1:]
    if parts.scheme != "sqlite" or parts.netloc or path in ("", ":memory:"):
        raise ConfigError(
            f"DATABASE_URL = {_without_password(url)!r} (from {origin}) is no database that this application knows:\n"
            "it keeps its data in an SQLite file or in PostgreSQL. "
            "Set DATABASE_URL to something like 'sqlite:///conduit.sqlite3' or 'postgresql://user@localhost/conduit'."
        )
    return Database("sqlite", str(instance / path))


def _postgresql(url: str, origin: str) -> Database:
    """libpq reads the URL, and so does SQLAlchemy, which wants the port to be a number already here."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(url)
        _ = urlsplit(url).port
    except (ProgrammingError, ValueError) as error:
        raise _misread(url, origin, error) from None
    return Database("postgresql", url)


def _misread(url: str, origin: str, error: Exception) -> ConfigError:
    return ConfigError(
        f"DATABASE_URL = {_without_password(url)!r} (from {origin}) cannot be read: {str(error).strip()}.\n"
        "Set it to something like 'postgresql://user:password@localhost:5432/conduit'."
    )


def _without_password(url: str) -> str:
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:***@", url)


def _short(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _from_file(path: Path, text: str | None, shown: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((_content(path) or "") if text is None else text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown} is not TOML: {error}.\nCompare it with instance/config.example.toml.") from None


def _checked(layer: Mapping[str, Any], origin: str, wrong: list[str]) -> dict[str, Any]:
    """The layer without what is wrong in it."""
    good = {}
    for key, value in layer.items():
        problem = _unknown(key, origin) or _mistyped(key, value, origin)
        if problem:
            wrong.append(problem)
        else:
            good[key] = value
    return good


def _unknown(key: str, origin: str) -> str | None:
    if key in KEYS or key in Flask.default_config:
        return None
    slots = key.upper().startswith("STACK")
    meant = get_close_matches(key.upper(), KEYS, n=1, cutoff=0.6 if slots else 0.85)
    if not slots and not meant:
        return None
    known = [name for name in KEYS if name.startswith("STACK")] if slots else list(KEYS)
    hint = f" Did you mean {meant[0]}?" if meant else ""
    return f"{key} (from {origin}) is not a key of the configuration: choose one of {', '.join(known)}.{hint}"


def _mistyped(key: str, value: Any, origin: str) -> str | None:
    if key not in KEYS:
        return None
    least, most = KEYS[key].at_least, KEYS[key].at_most
    if type(value) is int and type(KEYS[key].default) is int:
        if value < least:
            return f"{key} = {value} (from {origin}) is too small: write at least {least}."
        if most is not None and value > most:
            return f"{key} = {value} (from {origin}) is too large: write at most {most}."
    if type(value) is type(KEYS[key].default) and not _mixed(value):
        return _unlisted(key, value, origin)
    example = json.dumps("plain" if KEYS[key].default == "" else KEYS[key].default)
    return (
        f"{key} = {value!r} (from {origin}) has to be {KINDS[type(KEYS[key].default)]}: write something like {example}."
    )


def _unlisted(key: str, value: Any, origin: str) -> str | None:
    among = KEYS[key].among
    wrong = [item for item in value if item not in among] if among else []
    if wrong:
        return f"{key} = {value!r} (from {origin}) has {wrong[0]!r} in it: choose from {', '.join(among)}."
    if key == "PASSWORD_VALIDATORS" and "common" in value and find_spec("zxcvbn") is None:
        return (
            f"{key} = {value!r} (from {origin}) needs a list of common passwords, which is not installed "
            f"(no module named 'zxcvbn'). Run: {format_install('zxcvbn')}"
        )
    return None


def _mixed(value: Any) -> bool:
    return isinstance(value, list) and not all(isinstance(item, str) for item in value)


def _from_environment(wrong: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, text in sorted(os.environ.items()):
        key = variable.removeprefix("FLASK_")
        if key == variable:
            continue
        if key in KEYS:
            found |= _checked({key: _parsed(text, KEYS[key].default)}, variable, wrong)
        elif key.startswith("STACK"):
            _checked({key: text}, variable, wrong)
    return found


def _parsed(text: str, default: object) -> Any:
    """A text from the environment by the type of a default; left as it is where it does not look like that type."""
    if isinstance(default, bool):
        return BOOLEANS.get(text.lower(), text)
    if isinstance(default, int):
        return int(text) if text.isdecimal() else text
    if isinstance(default, list):
        return [item.strip() for item in text.split(",") if item.strip()]
    return text
