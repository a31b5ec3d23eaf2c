"""The bar at the end of each page."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from .answering import Header
from .browser import Chosen
from .recording.recorder import OF_PEER, Recording

HEAD, BODY = b"</head>", b"</body>"

LINK = '<link rel="stylesheet" href="{root}/workbench/static/bar.css">\n'

BAR = """
<aside class="workbench-bar" aria-label="Workbench">
  <a href="{root}/workbench?from={quoted}">{label}<strong>{stack}</strong>{changed}</a>
  <span>{facts}</span>
  <a href="{root}/workbench/requests/{id}">This request</a>
  <form method="post" action="{root}/workbench/off">
    <input type="hidden" name="csrf_token" value="{csrf}">
    <input type="hidden" name="from" value="{here}">
    <button type="submit" title="{hint}">Hide</button>
  </form>
</aside>
"""
"""The bar, for :meth:`str.format`. With Jinja, adding the bar to a page takes almost twice as long."""

HINT = "Hide this bar and go back to the configured stack. /workbench shows it again."

NO_FORMS, OWN_FORMS = "form-action 'none'", "form-action 'self'"

REPLACED = ("content-length", "cache-control", "etag", "last-modified")
"""Headers that are no longer true of a page with the bar."""


def add_bar(
    chosen: Chosen, recording: Recording, environ: Mapping[str, Any], headers: list[Header], content: bytes
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
        return headers, content
    link, bar = render_bar(chosen, recording, environ)
    page = b"".join((content[:head], link, content[head:end], bar, content[end:]))
    kept = [(name, allow_form(name, value)) for name, value in headers if name.lower() not in REPLACED]
    return [*kept, ("Content-Length", str(len(page))), ("Cache-Control", "no-store")], page


def allow_form(name: str, value: str) -> str:
    """Allow the form of the bar in a header. The page of the API's documentation allows none."""
    return value.replace(NO_FORMS, OWN_FORMS) if name == "Content-Security-Policy" else value


def render_bar(chosen: Chosen, recording: Recording, environ: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Render the link to the style sheet, and the bar."""
    root, here = quote_root(environ.get("SCRIPT_NAME", "")), find_address(environ)
    facts = escape("\n".join(list_facts(chosen, recording))).replace("\n", "</span>\n  <span>")
    bar = fill_frame(root, recording.stack, list_changed(recording), chosen.csrf).format(
        facts=facts, id=recording.id, here=escape(here), quoted=quote(here)
    )
    return LINK.format(root=root).encode(), bar.encode()


@lru_cache(100)
def fill_frame(root: str, stack: str, changed: str, csrf: str) -> str:
    """Fill in what is the same in a browser on all pages of a stack. What is left is for :meth:`str.format`."""
    label = "" if stack.startswith(OF_PEER) else "Stack "
    known = {"root": root, "label": label, "stack": stack, "changed": changed, "csrf": csrf, "hint": HINT}
    filled = {name: escape(value).replace("{", "{{").replace("}", "}}") for name, value in known.items()}
    return BAR.format(**filled, facts="{facts}", id="{id}", here="{here}", quoted="{quoted}")


@lru_cache(10)
def quote_root(path: str) -> str:
    """Return the path prefix of the app for a URL. Source: PEP 3333, "Unicode Issues"."""
    return quote(path, encoding="latin-1")


def list_changed(recording: Recording) -> str:
    """Return the slots that differ from the named stack, as one text."""
    return "".join(f", {slot} = {option}" for slot, option in recording.changed.items())


def list_facts(chosen: Chosen, recording: Recording) -> Iterator[str]:
    """Yield what the bar says about a request, one text for each fact."""
    if chosen.peer and not recording.stack.startswith(OF_PEER):
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
        yield f"about {recording.cost * 1_000:.1f} ms to record this"


def find_address(environ: Mapping[str, Any]) -> str:
    """Return the path and the query of a request. Source: PEP 3333, "Unicode Issues"

    >>> find_address({"SCRIPT_NAME": "/blog", "PATH_INFO": "/tag/Ã¼", "QUERY_STRING": "page=2"})
    '/blog/tag/%C3%BC?page=2'
    """
    path = quote(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"], encoding="latin-1")
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
