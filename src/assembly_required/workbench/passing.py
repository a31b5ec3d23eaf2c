"""Pass a request on to the process of a peer, and its response back."""

from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote

from werkzeug.http import parse_cookie
from werkzeug.wsgi import get_input_stream

from .answering import Answer
from .cookies import format_cookies
from .mounting import COOKIE

PATIENCE = 60
"""Seconds to wait for a response."""

HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
"""Headers that are about one connection. Source: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1"""


class Unreachable(Exception):
    """The peer does not answer."""


def pass_on(environ: dict[str, Any], port: int) -> Answer:
    """Send a request to a server on this machine, and return the status, the headers and the body of its response.

    :raises Unreachable: it does not answer.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/:@!$&'()*+,;=~")
    query = environ.get("QUERY_STRING", "")
    try:
        body = get_input_stream(environ).read()
        connection.request(
            environ["REQUEST_METHOD"], f"{path}?{query}" if query else path, body or None, read_headers(environ)
        )
        response = connection.getresponse()
        content = response.read()
    except (OSError, HTTPException) as error:
        raise Unreachable(str(error)) from None
    finally:
        connection.close()
    kept = [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]
    return f"{response.status} {response.reason}", kept, content


def read_headers(environ: dict[str, Any]) -> dict[str, str]:
    """Return the headers of a request that are passed on. The cookie of the workbench is not."""
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").title(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name == "CONTENT_TYPE" and value)
    }
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    headers["Cookie"] = format_cookies(each for each in cookies.items(multi=True) if each[0] != COOKIE)
    return {name: value for name, value in headers.items() if value and name.lower() not in HOP_BY_HOP}
