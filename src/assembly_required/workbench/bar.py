"""The bar at the end of each page."""

from flask import Flask
from werkzeug.datastructures import Headers

from .browser import Chosen
from .recording.recorder import Recording

END = b"</body>"


def add_bar(desk: Flask, chosen: Chosen, recording: Recording, root: str, headers: Headers, content: bytes) -> bytes:
    """Add the bar to a page of HTML; return other content as it is.

    :param root: the path prefix of the app.
    :param headers: those of the response. Its length is changed, and what lets caches keep the page is removed.
    """
    start = content.rfind(END)
    if start < 0 or not headers.get("Content-Type", "").startswith("text/html") or "Content-Encoding" in headers:
        return content
    template = desk.jinja_env.get_template("bar.html")
    here = f"{recording.path}?{recording.query}" if recording.query else recording.path
    bar = template.render(chosen=chosen, recording=recording, root=root, here=here).encode()
    headers["Content-Length"] = str(len(content) + len(bar))
    for name in ("ETag", "Last-Modified"):
        headers.remove(name)
    headers["Cache-Control"] = "no-store"
    return content[:start] + bar + content[start:]
