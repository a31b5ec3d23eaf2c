"""Hide what is secret before it is shown: tokens, keys, cookies and passwords."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from types import NoneType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

HIDDEN = "(hidden)"

SENSITIVE = re.compile(
    r"token|passw|secret|cookie|csrf|xsrf|auth(?!or)|session|signature|api.?key|^key$|^code$", re.IGNORECASE
)
"""Names of headers, fields and parameters whose values are secret."""

SIGNED = re.compile(r"(?<![\w.-])\.?[\w-]{4,}\.[\w-]{4,}\.[\w-]{20,}")
"""A text with a signature: a token of itsdangerous, or a JSON Web Token."""

LINK = re.compile(r"(/(?:password/reset|email/confirm|email/undo)/)(?!sent\b)[^\s?#&]+")
"""A path that ends in a token. Such links are sent by mail; the header ``Referer`` may name them too."""

PARTS_OF_LINKS = ("/password/", "/email/")
"""Each path that :data:`LINK` finds contains one of them. Most texts contain none, and to check that is faster."""

SHORTEST = 30
"""Characters of the shortest text with a signature."""

HARMLESS = re.compile(r"[\d\s.,:+T\[\]-]*")
"""Texts of digits and marks only, such as numbers, dates and lists of ids."""

HARMLESS_TYPES = (int, NoneType)  # bool is an int
"""Values of these types are always shown."""

LONGEST = 1_000
"""Characters of a text that are kept."""


def mask_text(text: str) -> str:
    """Hide signed tokens in a text, and shorten it.

    >>> mask_text("Bearer eyJpZCI6MX0.aR3x5Q.V1StGXR8_Z5jdHi6B-myT12345"), mask_text("/password/reset/abc")
    ('Bearer (hidden)', '/password/reset/(hidden)')
    """
    masked = SIGNED.sub(HIDDEN, text) if len(text) >= SHORTEST and text.count(".") > 1 else text
    if any(part in masked for part in PARTS_OF_LINKS):
        masked = LINK.sub(rf"\g<1>{HIDDEN}", masked)
    return masked if len(masked) <= LONGEST else f"{masked[:LONGEST]}..."


def mask_path(path: str, named: Mapping[str, Any]) -> str:
    """Hide the parts of a path that are secret.

    :param named: what the route has found in the path, by name.

    >>> mask_path("/password/reset/abc", {"token": "abc"})
    '/password/reset/(hidden)'
    """
    for name, value in named.items():
        if is_sensitive(name) and value:
            path = path.replace(str(value), HIDDEN)
    return path


@lru_cache(500)
def is_sensitive(name: str) -> bool:
    """Check whether the values of this name are secret.

    >>> is_sensitive("X-CSRFToken"), is_sensitive("slug")
    (True, False)
    """
    return SENSITIVE.search(name) is not None


def mask_query(query: str) -> str:
    """Hide the values of a query that are secret.

    >>> mask_query("page=2&token=abc")
    'page=2&token=(hidden)'
    """
    if not query:
        return ""
    if not SENSITIVE.search(query) and not SIGNED.search(query):
        return mask_text(query)
    pairs = parse_qsl(query, keep_blank_values=True)
    masked = [(name, HIDDEN if is_sensitive(name) else mask_text(value)) for name, value in pairs]
    return mask_text(urlencode(masked, safe="()/"))


def mask_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Hide the values of headers that are secret. Of cookies and of ``Authorization``, the name stays."""
    return [(name, mask_header(name, value)) for name, value in headers]


def mask_header(name: str, value: str) -> str:
    """Hide the value of a header, or the part of it that is secret.

    >>> mask_header("Authorization", "Token abc"), mask_header("Set-Cookie", "session=abc; HttpOnly; Path=/")
    ('Token (hidden)', 'session=(hidden); HttpOnly; Path=/')
    >>> mask_header("Cookie", "session=abc; theme=dark"), mask_header("X-CSRFToken", "abc"), mask_header("Host", "x")
    ('session=(hidden); theme=(hidden)', '(hidden)', 'x')
    """
    mask = find_mask(name.lower())
    return mask(value) if mask else mask_address(value)


@lru_cache(500)
def find_mask(name: str) -> Callable[[str], str] | None:
    """Return the function that hides what is secret in the header of this name; ``None`` if it is not secret."""
    special = {"cookie": mask_cookies, "set-cookie": mask_new_cookie, "authorization": mask_credentials}
    return special.get(name) or (hide if is_sensitive(name) else None)


def hide(value: str) -> str:
    return HIDDEN


def mask_cookies(value: str) -> str:
    return "; ".join(f"{each.partition('=')[0].strip()}={HIDDEN}" for each in value.split(";"))


def mask_new_cookie(value: str) -> str:
    cookie, *rest = value.split(";")
    return ";".join([f"{cookie.partition('=')[0]}={HIDDEN}", *rest])


def mask_credentials(value: str) -> str:
    return f"{value.partition(' ')[0]} {HIDDEN}" if " " in value else HIDDEN


def mask_address(value: str) -> str:
    """Hide tokens in a text that may be a URL.

    >>> mask_address("/login?token=abc"), mask_address("no-store")
    ('/login?token=(hidden)', 'no-store')
    """
    address, mark, query = value.partition("?")
    return f"{mask_text(address)}?{mask_query(query)}" if mark else mask_text(value)


def mask_session(session: Mapping[str, Any]) -> dict[str, str]:
    """Return what a session holds. Texts are hidden, because most of them identify the visitor."""
    return {name: str(value) if isinstance(value, HARMLESS_TYPES) else HIDDEN for name, value in session.items()}


def mask_value(value: Any, known: frozenset[str]) -> str:
    """Format a value of a statement, or hide it.

    :param known: texts that may be shown, because they are in the address of the request.

    >>> mask_value(3, frozenset()), mask_value("2016-02-18 03:22:56.000000", frozenset())
    ('3', '2016-02-18 03:22:56.000000')
    >>> mask_value("python", frozenset({"python"})), mask_value("scrypt:32768:8:1$x", frozenset())
    ('python', '(hidden)')
    """
    if isinstance(value, (*HARMLESS_TYPES, float, date, time, timedelta)):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(mask_value(each, known) for each in value)}]"
    if isinstance(value, str) and (value in known or HARMLESS.fullmatch(value)):
        return value or "''"
    return HIDDEN


def list_known(path: str, query: str) -> frozenset[str]:
    """Return the texts in a masked address: the parts of its path, and the values of its query."""
    parts = [unquote(part) for part in path.split("/")]
    return frozenset([*parts, *(value for _, value in parse_qsl(query))]) - {HIDDEN}
