"""Signed links for mail, valid for some hours and for one use.

The host of a link comes from SITE_URL, or from the request if Flask has found its host in TRUSTED_HOSTS. Any other host
was chosen by the sender of the request.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Response, after_this_request, current_app, g, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Refusal
from ...stack.interfaces import Mail

HERE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - a name that is compared


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


def unseal(kind: str, token: str) -> Any:
    """Check the signature of a link and return its content.

    :raises Void: the link is forged, of another kind or expired.
    """
    try:
        return _signer(kind).loads(token, max_age=current_app.config["LINK_HOURS"] * 3600)
    except BadSignature:
        raise Void from None


def write(mail: Mail, to: str, subject: str, template: str, **words: Any) -> None:
    """Send a mail rendered from a template."""
    mail.send(to, subject, render_template(template, hours=current_app.config["LINK_HOURS"], **words))


def after_response(act: Callable[[], None]) -> None:
    """Call ``act`` after the response was sent, so that the response time reveals nothing. It runs without a request.

    It runs at the end of the body, not on close: Werkzeug's server does not close a response if the browser disconnects
    early, as browsers do on a redirect.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            g.viewer = None  # mail is rendered without a request
            try:
                act()
            except Exception:
                app.logger.exception("A mail was not sent.")

    def body(data: bytes) -> Iterator[bytes]:
        try:
            yield data
        finally:
            run()

    @after_this_request
    def schedule(response: Response) -> Response:
        data = response.get_data()
        response.content_length, response.response = len(data), body(data)
        return response


def link_to(endpoint: str) -> Callable[[str], str]:
    """Return a function that makes a link from a token; it can be called after the request."""
    pattern = absolute(url_for(endpoint, token="TOKEN"))  # noqa: S106 - a placeholder
    return lambda token: pattern.replace("TOKEN", token)


def _signer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"{__name__} {kind}")
