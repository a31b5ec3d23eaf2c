"""The bar at the end of each page."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.datastructures import Headers

from .browser import Chosen
from .recording.recorder import Recording

Header = tuple[str, str]

HEAD, BODY = b"</head>", b"</body>"

NO_FORMS, OWN_FORMS = "form-action 'none'", "form-action 'self'"

REPLACED = ("content-length", "cache-control", "etag", "last-modified")
"""Headers that are no longer true of a page with the bar."""


def add_bar(
    desk: Flask, chosen: Chosen, recording: Recording, environ: Mapping[str, Any], headers: Headers, content: bytes
) -> tuple[list[Header], bytes]:
    """Add the bar to a page of HTML, and return its headers and its content. Other content stays as it is.

    Its style sheet is linked in the head of the page, so the bar has its size when it is first shown. Without that, the
    page would move.

    :param environ: that of the request.
    :param headers: those of the response. With the bar it has another length, and no cache may keep it.
    """
    head, end = content.find(HEAD), content.rfind(BODY)
    named = {name.lower(): value for name, value in headers}
    is_page = named.get("content-type", "").startswith("text/html") and "content-encoding" not in named
    if not is_page or not 0 <= head < end:
        return headers.to_wsgi_list(), content
    link, bar = render_bar(desk, chosen, recording, environ)
    page = b"".join((content[:head], link, content[head:end], bar, content[end:]))
    kept = [(name, allow_form(name, value)) for name, value in headers if name.lower() not in REPLACED]
    return [*kept, ("Content-Length", str(len(page))), ("Cache-Control", "no-store")], page


def allow_form(name: str, value: str) -> str:
    """Allow the form of the bar in a header. The page of the API's documentation allows none."""
    return value.replace(NO_FORMS, OWN_FORMS) if name == "Content-Security-Policy" else value


def render_bar(desk: Flask, chosen: Chosen, recording: Recording, environ: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Render the link to the style sheet, and the bar."""
    root = quote(environ.get("SCRIPT_NAME", ""), encoding="latin-1")
    here, facts = find_address(environ), list_facts(chosen, recording)
    macros: Any = desk.jinja_env.get_template("bar.html").module  # to call a macro takes half the time of a template
    bar: str = macros.bar(chosen, recording, facts, root, here, quote(here))
    return f'<link rel="stylesheet" href="{root}/workbench/static/bar.css">\n'.encode(), bar.encode()


def list_facts(chosen: Chosen, recording: Recording) -> Iterator[str]:
    """Yield what the bar says about a request, one text for each fact."""
    is_peer = recording.stack.startswith("peer ")
    if chosen.peer and not is_peer:
        yield f"The peer {chosen.peer} does not serve this page."
    count = len(recording.statements)
    if recording.without_sql and not count:
        yield "SQL not recorded"
    else:
        yield f"{count} SQL statement{'s' * (count != 1)}{f' in {recording.sql_time:.1f} ms' if count else ''}"
    yield f"{recording.duration:.1f} ms in all"
    if templates := len(recording.templates):
        yield f"{templates} template{'s' * (templates != 1)}"
    if recording.cost:
        yield f"{recording.cost * 1_000:.1f} ms to record this"


def find_address(environ: Mapping[str, Any]) -> str:
    """Return the path and the query of a request. Source: PEP 3333, "Unicode Issues"

    >>> find_address({"SCRIPT_NAME": "/blog", "PATH_INFO": "/tag/Ã¼", "QUERY_STRING": "page=2"})
    '/blog/tag/%C3%BC?page=2'
    """
    path = quote(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"], encoding="latin-1")
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
