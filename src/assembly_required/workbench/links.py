"""Links from what was recorded to the page of the tutorial that shows the code."""

from functools import lru_cache

from ..reader.places import find_module
from ..reader.references import find_anchor
from ..stack.describe import PACKAGE
from .recording.model import Place

PREFIX = f"{PACKAGE.name}."


def link_place(root: str, place: Place | None) -> str:
    """Return the URL of the code at a place; empty if the tutorial does not show it.

    :param root: the path prefix of the app.
    """
    page = find_page(place.module, place.name) if place else ""
    return f"{root}/tutorial/code/{page}" if page else ""


@lru_cache(1_000)
def find_page(module: str, name: str) -> str:
    """Return the end of the URL of the page of a definition.

    >>> find_page("assembly_required.conduit.articles", "list_articles"), find_page("flask.app", "Flask")
    ('conduit.articles/#list_articles', '')
    """
    path = find_module(module.removeprefix(PREFIX)) if module.startswith(PREFIX) else None
    if path is None:
        return ""
    anchor = find_anchor(path, name.replace(".<locals>", ""))
    return f"{module.removeprefix(PREFIX)}/{'#' if anchor else ''}{anchor}"


def shorten_module(module: str) -> str:
    """Return the name of a module without that of the package.

    >>> shorten_module("assembly_required.conduit.articles"), shorten_module("elsewhere.orm")
    ('conduit.articles', 'elsewhere.orm')
    """
    return module.removeprefix(PREFIX)
