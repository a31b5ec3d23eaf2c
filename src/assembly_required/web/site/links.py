"""Signed links for mail, valid for some hours and for one use.

The host of a link comes from SITE_URL, or from the request if Flask has found its host in TRUSTED_HOSTS. Any other host
was chosen by the sender of the request.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Refusal
from ..signing import load_signed, secret_keys

HERE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - a name that is compared

TOKEN = "TOKEN"  # noqa: S105 - a placeholder


class NoAddress(Refusal):
    """SITE_URL is not set, and the host of the request is not known to be this site."""

    status = 503
    example = {"request": ["SITE_URL is not set. Set it to where this site is reached, like 'https://blog.example'."]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Void(Refusal):
    """The link is forged, expired or used."""

    status = 410

    def __init__(self) -> None:
        super().__init__({"link": ["is void"]})


def absolute(path: str) -> str:
    """Return the absolute URL of a path, which begins with the path prefix of the app, as ``url_for`` returns it.

    :raises NoAddress: SITE_URL is not set, and the host of the request cannot be trusted.
    """
    if not is_address_known():
        current_app.logger.error(NoAddress.example["request"][0])
        raise NoAddress
    address = current_app.config["SITE_URL"] or request.host_url
    return address.rstrip("/").removesuffix(request.script_root) + path


def is_address_known() -> bool:
    """Whether there is an address of the site for others: a client could send any host."""
    config = current_app.config
    return bool(config["SITE_URL"] or config["TRUSTED_HOSTS"]) or urlsplit(request.host_url).hostname in HERE


def seal(kind: str, content: Any) -> str:
    """Sign the content of a link of this kind."""
    return _signer(kind).dumps(content)


def unseal(kind: str, token: str, hours: int | None = None) -> Any:
    """Check the signature of a link and return its content.

    :param hours: for how long such a link is valid; by default for ``LINK_HOURS``.
    :raises Void: the link is forged, of another kind or expired.
    """
    try:
        return load_signed(_signer(kind), token, (hours or current_app.config["LINK_HOURS"]) * 3600)
    except BadSignature:
        raise Void from None


def link_to(endpoint: str) -> str:
    """Return a link with :data:`TOKEN` in the place of its token, for :func:`complete`.

    :raises NoAddress: SITE_URL is not set, and the host of the request cannot be trusted.
    """
    return absolute(url_for(endpoint, token=TOKEN))


def complete(link: str, token: str) -> str:
    """Put a token into a link; this needs no request."""
    return link.replace(TOKEN, token)


def _signer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_keys(), salt=f"{__name__} {kind}")
