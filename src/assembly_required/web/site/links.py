"""Links that are mailed: signed, for some hours, and worth nothing once they were used.

*In Django* ``PasswordResetTokenGenerator``: a keyed hash over the user's state, so that it is void when that changes.

*Here* itsdangerous signs what a link is about, with its time. What makes it single-use is in it: a mark of what it
changes. The host of a link comes from the configuration, because the one of a request is what its sender says.

*What it costs*: SITE_URL has to be set, except on one's own machine.

*Next*: :mod:`assembly_required.web.site.passwords`.
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
    """Nobody has said where this site is reached."""

    status = 503
    example = {"request": ["SITE_URL is not set. Set it to where this site is reached, like 'https://blog.example'."]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Void(Refusal):
    """A link is forged, too old, or was used."""

    status = 410

    def __init__(self) -> None:
        super().__init__({"link": ["is void"]})


def absolute(path: str) -> str:
    """A path with the scheme and host of this site before it, for whoever asks: his own host will do."""
    return (current_app.config["SITE_URL"] or request.host_url).rstrip("/") + path


def trusted(path: str) -> str:
    """The same for somebody else, to whom nobody may send a host of his own making.

    :raises NoAddress: SITE_URL is not set, and this is not one's own machine.
    """
    if not current_app.config["SITE_URL"] and urlsplit(request.host_url).hostname not in HERE:
        current_app.logger.error(NoAddress.example["request"][0])
        raise NoAddress
    return absolute(path)


def seal(kind: str, content: Any) -> str:
    """What a link of this kind says, as text for a URL."""
    return _signer(kind).dumps(content)


def unseal(kind: str, token: str) -> Any:
    """
    :raises Void: it was not sealed here as this kind, or is too old.
    """
    try:
        return _signer(kind).loads(token, max_age=current_app.config["LINK_HOURS"] * 3600)
    except BadSignature:
        raise Void from None


def write(mail: Mail, to: str, subject: str, template: str, **words: Any) -> None:
    """Send a letter."""
    mail.send(to, subject, render_template(template, hours=current_app.config["LINK_HOURS"], **words))


def after_response(act: Callable[[], None]) -> None:
    """Do something when the answer is on its way, so that its time tells nothing of what was done; needs no request.

    It is done at the end of the body, because a server may fail to close it: Werkzeug's does, when a browser hangs up
    early, as browsers do that are sent elsewhere.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            g.viewer = None  # letters are rendered without a request
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
    """A function from a token to the link with it, which may be called when the request is over."""
    pattern = trusted(url_for(endpoint, token="TOKEN"))  # noqa: S106 - a gap
    return lambda token: pattern.replace("TOKEN", token)


def _signer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"{__name__} {kind}")
