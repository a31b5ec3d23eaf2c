"""Put the switchboard before an app, and decide who may use it.

This is all that is imported when the app starts. The rest is imported when somebody opens ``/workbench``.
"""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask

from ..stack.assembly import assembled

if TYPE_CHECKING:
    from .switching import Workbench

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

PATH = "/workbench"
COOKIE = "workbench"

FORWARDING = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")
"""Headers of a proxy. Behind one, every client seems to be on this machine."""


def mount(app: Flask) -> None:
    """Put a switchboard before an app, unless ``WORKBENCH`` is false."""
    if app.config["WORKBENCH"]:
        app.wsgi_app = Switchboard(app)  # type: ignore[method-assign]


class Switchboard:
    """A WSGI application before that of an app. Requests that have nothing to do with the workbench pass through.

    :param app: the app that ``wsgi.py`` has created.
    """

    def __init__(self, app: Flask) -> None:
        self._app, self._own = app, app.wsgi_app
        self._everywhere = assembled(app).settings.where("WORKBENCH") != "the default"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self._concerns(environ) and self._is_allowed(environ):
            return self.workbench(environ, start_response)
        return self._own(environ, start_response)

    def _concerns(self, environ: dict[str, Any]) -> bool:
        return f"{COOKIE}=" in environ.get("HTTP_COOKIE", "") or is_below(environ["PATH_INFO"])

    def _is_allowed(self, environ: dict[str, Any]) -> bool:
        server = environ.get("SERVER_SOFTWARE", "")
        return (self._everywhere or server.startswith("Werkzeug/")) and is_local(environ)

    @cached_property
    def workbench(self) -> "Workbench":
        """The other half. It is built when the first browser opens the workbench."""
        from .switching import Workbench

        return Workbench(self._app, self._own)


def is_below(path: str) -> bool:
    """Check whether a path belongs to the workbench.

    >>> is_below("/workbench"), is_below("/workbench/requests"), is_below("/workbenches")
    (True, True, False)
    """
    return path == PATH or path.startswith(f"{PATH}/")


def is_local(environ: dict[str, Any]) -> bool:
    """Check that a client on this machine asks for a host of this machine.

    The name of the host matters too: a foreign page may give its own name the address 127.0.0.1 (DNS rebinding).

    >>> is_local({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:5000"})
    True
    >>> is_local({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "evil.example:5000"})
    False
    """
    if any(name in environ for name in FORWARDING):
        return False
    return is_loopback(environ.get("REMOTE_ADDR", "")) and names_this_machine(environ.get("HTTP_HOST", ""))


@lru_cache(100)
def is_loopback(address: str) -> bool:
    """Check whether an IP address is one of this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("10.0.0.1"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


@lru_cache(100)
def names_this_machine(host: str) -> bool:
    """Check whether the header ``Host`` names this machine.

    >>> names_this_machine("localhost:5000"), names_this_machine("[::1]:5000"), names_this_machine("127.0.0.1.evil")
    (True, True, False)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or is_loopback(name)
