"""The bar at the end of each page."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.datastructures import Headers

from .browser import Chosen
from .recording.recorder import Recording

HEAD, BODY = b"</head>", b"</body>"

NO_FORMS, OWN_FORMS = "form-action 'none'", "form-action 'self'"


def add_bar(
    desk: Flask, chosen: Chosen, recording: Recording, environ: Mapping[str, Any], headers: Headers, content: bytes
) -> bytes:
    """Add the bar to a page of HTML; return other content as it is.

    Its style sheet is linked in the head of the page, so the bar has its size when it is first shown. Without that, the
    page would move.

    :param environ: that of the request.
    :param headers: those of the response. Its length is changed, and what lets caches keep the page is removed.
    """
    head, end = content.find(HEAD), content.rfind(BODY)
    is_page = headers.get("Content-Type", "").startswith("text/html") and "Content-Encoding" not in headers
    if not is_page or not 0 <= head < end:
        return content
    link, bar = render_bar(desk, chosen, recording, environ)
    page = b"".join((content[:head], link, content[head:end], bar, content[end:]))
    headers["Content-Length"] = str(len(page))
    for name in ("ETag", "Last-Modified"):
        headers.remove(name)
    headers["Cache-Control"] = "no-store"
    if NO_FORMS in (policy := headers.get("Content-Security-Policy", "")):  # the page of the API's documentation
        headers["Content-Security-Policy"] = policy.replace(NO_FORMS, OWN_FORMS)
    return page


def render_bar(desk: Flask, chosen: Chosen, recording: Recording, environ: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Render the link to the style sheet, and the bar."""
    root = quote(environ.get("SCRIPT_NAME", ""), encoding="latin-1")
    template = desk.jinja_env.get_template("bar.html")
    facts = list_facts(chosen, recording)
    bar = template.render(chosen=chosen, recording=recording, facts=facts, root=root, here=find_address(environ))
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
