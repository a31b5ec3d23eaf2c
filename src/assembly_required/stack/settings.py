"""The config keys, and the code that reads their values.

There are four layers: the defaults below, ``instance/config.toml``, the environment (``FLASK_<KEY>``), and the argument
of ``create_app``. Text from the environment is converted to the type of the default. Each value is stored with its
origin, so an error can name the line to change.
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
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask

from ..conduit.limits import REQUEST_BYTES
from .keys import Key
from .packages import format_install
from .rates import SECONDS, parse_rate
from .slots import SLOTS, ConfigError

KEYS: dict[str, Key] = {
    "STACK": Key("classic", "The named stack, which chooses an option for every slot."),
    **{
        slot.key: Key("", f"The option for the slot {slot.name}, instead of the one from the stack.")
        for slot in SLOTS.values()
    },
    "DATABASE_URL": Key(
        "sqlite:///conduit.sqlite3",
        "The database: an SQLite file, relative to the instance folder, or postgresql://user@host/name.",
    ),
    "DATABASE_POOL": Key(
        10, "The maximum number of PostgreSQL connections in one process. One for each thread is enough."
    ),
    "SECRET_KEY": Key("", "The key that signs sessions and tokens. If empty, it is read from instance/secret_key."),
    "SECRET_KEY_FALLBACKS": Key(
        [], "Former secret keys, the oldest first. What they have signed stays valid until they are removed."
    ),
    **{key: meaning for slot in SLOTS.values() for key, meaning in slot.all_settings().items()},
    "PASSWORD_CHECKS": Key(
        0,
        "How many passwords one process hashes at the same time; others wait. 0 means one less than it has cores.",
        at_least=0,
    ),
    "SITE_URL": Key(
        "",
        "The public address of the site, with its path if it has one: https://blog.example. Links in mail, feeds and "
        "sitemaps begin with it. It may be empty on localhost, or if TRUSTED_HOSTS is set: then they use the host of "
        "the request. Otherwise these pages answer 503, because the sender of a request chooses its host.",
    ),
    "TRUSTED_HOSTS": Key(
        [],
        "The hosts that the site answers for: blog.example, or .blog.example with all subdomains. Requests to other "
        "hosts get 400. [] allows all.",
    ),
    "PROXY_FIX": Key(
        0,
        "The number of proxies in front of the site whose headers X-Forwarded-For, -Proto, -Host and -Prefix are "
        "believed. Count only proxies that set all four: otherwise clients can choose them.",
        at_least=0,
        at_most=10,
    ),
    "HSTS_SECONDS": Key(
        31_536_000,
        "The number of seconds for which browsers use only HTTPS after a visit, if SITE_URL begins with https. With 0, "
        "the header is not sent.",
        at_least=0,
    ),
    "LINK_HOURS": Key(24, "The number of hours for which a link in a mail is valid.", at_most=720),
    "PASSWORD_VALIDATORS": Key(
        ["similar", "numeric"],
        "The passwords that the site's forms reject: similar to the name or email, numeric, common.",
        among=("similar", "numeric", "common"),
    ),
    "CORS_ORIGINS": Key(["*"], 'The origins whose pages may call the API from a browser. ["*"] allows all, [] none.'),
    "SESSION_COOKIE_SECURE": Key(
        False, "Whether the site's cookies are sent over HTTPS only. Set it to true if the site uses HTTPS."
    ),
    "SESSION_COOKIE_SAMESITE": Key(
        "Lax",
        "When browsers send the site's cookies with requests from other sites: Lax, Strict, or None for always.",
        among=("Lax", "Strict", "None"),
    ),
    "TUTORIAL": Key(
        True,
        "Whether the tutorial is at /tutorial. If it is not set, only the development server shows it; true shows it "
        "on every server, false on none.",
    ),
    "WORKBENCH": Key(
        True,
        "Whether the workbench is at /workbench, for browsers on this machine. If it is not set, only the development "
        "server has it; true gives it to every server, false to none.",
    ),
    "TUTORIAL_SOURCE": Key(
        "",
        "Where the tutorial links to for a line of the source: vscode://file/{file}:{line} opens an editor, "
        "https://code.example/blob/main/{path}#L{line} a repository. If empty, there are no such links.",
    ),
}

KEY_FILE = "secret_key"

LOCATION = "INSTANCE_PATH"
"""The key for the path of the instance folder.

``config.toml`` cannot set it, because that file is in this folder. ``FLASK_INSTANCE_PATH`` and the argument of
``create_app`` can.
"""


KINDS = {str: "text", int: "a number", bool: "true or false", list: "a list of texts"}
BOOLEANS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Database:
    """``DATABASE_URL``, parsed once for all adapters.

    :param dialect: ``sqlite`` or ``postgresql``.
    :param location: the absolute path of the SQLite file, or the PostgreSQL URL for libpq and psycopg.
    """

    dialect: str
    location: str

    def __str__(self) -> str:
        """Format the location without the password.

        >>> str(Database("postgresql", "postgresql://ana:secret@db.example/blog"))
        'postgresql://ana:***@db.example/blog'
        """
        return _hide_password(self.location)


@dataclass
class Settings:
    """The values of all layers, each with its origin.

    :param root: the project's folder, which contains ``migrations/``.
    :param instance: the folder for the files of this installation.
    """

    root: Path
    instance: Path
    values: dict[str, Any] = field(default_factory=lambda: {key: KEYS[key].default for key in KEYS})
    origins: dict[str, str] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """Return the origin of a value, for an error text.

        >>> Settings(Path(), Path()).where("STACK")
        'the default'
        """
        return self.origins.get(key, "the default")

    def add(self, layer: Mapping[str, Any], origin: str) -> None:
        """Add a layer above the others. If it sets ``STACK``, it drops the slot choices of the layers below."""
        if "STACK" in layer:
            for slot in SLOTS.values():
                self.values[slot.key] = ""
        for key, value in layer.items():
            self.values[key] = value
            self.origins[key] = origin.format(key=key)

    def for_flask(self) -> dict[str, Any]:
        """Return the values for ``app.config``, with the root folder, the parsed database and the request limit."""
        return {
            **self.values,
            "SECRET_KEY": self.values["SECRET_KEY"] if self.values["SECRET_KEY"].strip() else None,
            "TRUSTED_HOSTS": self.values["TRUSTED_HOSTS"] or None,
            "ROOT": self.root,
            "DATABASE": self.database,
            "MAX_CONTENT_LENGTH": REQUEST_BYTES,
        }

    def check_root(self) -> None:
        """Check that the project's folder contains the migrations.

        :raises ConfigError: it does not.
        """
        if not (self.root / "migrations").is_dir():
            raise ConfigError(
                f"The project's folder {self.root} has no folder 'migrations', so the database cannot be set up.\n"
                "Change to the folder of wsgi.py and run flask there, "
                "or write create_app(root=Path('path/to/the/project'))."
            )

    @property
    def database(self) -> Database:
        """The database that ``DATABASE_URL`` names.

        :raises ConfigError: this application cannot use it.
        """
        return parse_database_url(self.values["DATABASE_URL"], self.instance, self.where("DATABASE_URL"))


def read_settings(
    argument: Mapping[str, Any] | None = None, root: Path | None = None, *, text: str | None = None
) -> Settings:
    """Read all layers.

    :param argument: the top layer.
    :param root: the project's folder; by default the working directory.
    :param text: new content of ``config.toml``, to check it before it is written.

    :raises ConfigError: keys are misspelt, or values are not allowed. The error lists all of them.
    """
    root = (root or Path.cwd()).resolve()
    argument = dict(argument or {})
    instance = root / (argument.pop(LOCATION, None) or os.environ.get(f"FLASK_{LOCATION}") or "instance")
    settings = Settings(root, instance)
    wrong: list[str] = []
    if key := read_key(instance):
        settings.add({"SECRET_KEY": key}, str(_shorten(instance / KEY_FILE, root)))
    file = _shorten(instance / "config.toml", root)
    settings.add(_keep_valid(_read_toml(instance / "config.toml", text, file), str(file), wrong), str(file))
    settings.add(_read_environment(wrong), "FLASK_{key}")
    settings.add(_keep_valid(argument, "the argument of create_app", wrong), "the argument of create_app")
    if wrong:
        raise ConfigError("\n\n".join(wrong))
    return settings


def read_key(instance: Path) -> str:
    """Read the secret key that ``flask setup`` created; return an empty text if there is none.

    After a power cut, a file may be full of NUL characters.
    """
    return (_read_file(instance / KEY_FILE) or "").replace("\0", "").strip()


def _read_file(path: Path) -> str | None:
    """Read a file; return ``None`` if it does not exist.

    :raises ConfigError: it exists, but cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.\nMake it readable as UTF-8 text, or delete it.") from None


def parse_database_url(url: str, instance: Path, origin: str) -> Database:
    """Parse ``DATABASE_URL``.

    >>> parse_database_url("sqlite:///blog.db", Path("/srv/instance"), "").location
    '/srv/instance/blog.db'
    >>> parse_database_url("postgres://ana@db.example/blog", Path(), "").location
    'postgresql://ana@db.example/blog'
    """
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _format_parse_error(url, origin, error) from None
    if parts.scheme in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise ConfigError(
                f"DATABASE_URL = {_hide_password(url)!r} (from {origin}) needs psycopg, which is not installed "
                f"(no module named 'psycopg'). Run: {format_install('postgresql')}"
            )
        return _parse_postgresql_url(url.replace(parts.scheme, "postgresql", 1), origin)
    path = unquote(parts.path)[1:]
    if parts.scheme != "sqlite" or parts.netloc or path in ("", ":memory:"):
        raise ConfigError(
            f"DATABASE_URL = {_hide_password(url)!r} (from {origin}) is not a database that this application "
            "supports:\nit uses an SQLite file or PostgreSQL. "
            "Set DATABASE_URL to something like 'sqlite:///conduit.sqlite3' or 'postgresql://user@localhost/conduit'."
        )
    return Database("sqlite", str(instance / path))


def _parse_postgresql_url(url: str, origin: str) -> Database:
    """Check the URL as libpq and SQLAlchemy do. SQLAlchemy also requires a numeric port."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        conninfo_to_dict(url)
        _ = urlsplit(url).port
    except (ProgrammingError, ValueError) as error:
        raise _format_parse_error(url, origin, error) from None
    return Database("postgresql", url)


def _format_parse_error(url: str, origin: str, error: Exception) -> ConfigError:
    return ConfigError(
        f"DATABASE_URL = {_hide_password(url)!r} (from {origin}) cannot be read: {str(error).strip()}.\n"
        "Set it to something like 'postgresql://user:password@localhost:5432/conduit'."
    )


def _hide_password(url: str) -> str:
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:***@", url)


def _shorten(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _read_toml(path: Path, text: str | None, shown: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((_read_file(path) or "") if text is None else text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{shown} is not valid TOML: {error}.\nCompare it with instance/config.example.toml."
        ) from None


def _keep_valid(layer: Mapping[str, Any], origin: str, wrong: list[str]) -> dict[str, Any]:
    """Return the valid part of a layer, and append a message to ``wrong`` for each invalid key."""
    good = {}
    for key, value in layer.items():
        problem = _find_unknown(key, origin) or _find_invalid(key, value, origin)
        if problem:
            wrong.append(problem)
        else:
            good[key] = value
    return good


def _find_unknown(key: str, origin: str) -> str | None:
    if key in KEYS or key in Flask.default_config:
        return None
    slots = key.upper().startswith("STACK")
    meant = get_close_matches(key.upper(), KEYS, n=1, cutoff=0.6 if slots else 0.85)
    if not slots and not meant:
        return None
    known = [name for name in KEYS if name.startswith("STACK")] if slots else list(KEYS)
    hint = f" Did you mean {meant[0]}?" if meant else ""
    return f"{key} (from {origin}) is not a key of the configuration: choose one of {', '.join(known)}.{hint}"


def _find_invalid(key: str, value: Any, origin: str) -> str | None:
    if key not in KEYS:
        return None
    least, most = KEYS[key].at_least, KEYS[key].at_most
    if type(value) is int and type(KEYS[key].default) is int:
        if value < least:
            return f"{key} = {value} (from {origin}) is too small: write at least {least}."
        if most is not None and value > most:
            return f"{key} = {value} (from {origin}) is too large: write at most {most}."
    if type(value) is type(KEYS[key].default) and not _has_other_types(value):
        return _find_unlisted(key, value, origin)
    text = "100/hour" if KEYS[key].rate else "plain"
    example = json.dumps(text if KEYS[key].default == "" else KEYS[key].default)
    return f"{key} = {value!r} (from {origin}) must be {KINDS[type(KEYS[key].default)]}: write, for example, {example}."


def _find_unlisted(key: str, value: Any, origin: str) -> str | None:
    if KEYS[key].rate and value and parse_rate(value) is None:
        return (
            f"{key} = {value!r} (from {origin}) is not a rate: write a number and a time, for example '100/hour'. "
            f"The time is one of {', '.join(SECONDS)}. If the text is empty, there is no limit."
        )
    among = KEYS[key].among
    if among and isinstance(value, str) and value not in among:
        return f"{key} = {value!r} (from {origin}) is not supported: choose one of {', '.join(among)}."
    wrong = [item for item in value if item not in among] if among and isinstance(value, list) else []
    if wrong:
        return (
            f"{key} = {value!r} (from {origin}) contains {wrong[0]!r}, which is not supported: "
            f"choose from {', '.join(among)}."
        )
    if key == "PASSWORD_VALIDATORS" and "common" in value and find_spec("zxcvbn") is None:
        return (
            f"{key} = {value!r} (from {origin}) needs a list of common passwords, which is not installed "
            f"(no module named 'zxcvbn'). Run: {format_install('zxcvbn')}"
        )
    return None


def _has_other_types(value: Any) -> bool:
    return isinstance(value, list) and not all(isinstance(item, str) for item in value)


def _read_environment(wrong: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, text in sorted(os.environ.items()):
        key = variable.removeprefix("FLASK_")
        if key == variable:
            continue
        if key in KEYS:
            found |= _keep_valid({key: _convert(text, KEYS[key].default)}, variable, wrong)
        elif key.startswith("STACK"):
            _keep_valid({key: text}, variable, wrong)
    return found


def _convert(text: str, default: object) -> Any:
    """Convert text from the environment to the type of a default. Return it unchanged if that is not possible."""
    if isinstance(default, bool):
        return BOOLEANS.get(text.lower(), text)
    if isinstance(default, int):
        return int(text) if text.isdecimal() else text
    if isinstance(default, list):
        return [item.strip() for item in text.split(",") if item.strip()]
    return text
