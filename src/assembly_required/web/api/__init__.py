"""The JSON API: ``guard`` does authentication, look-up and authorization, ``body`` reads JSON, ``cors`` adds headers.

Routes and schemas belong to the ``docs`` slot, because the extensions differ most there.
"""

from flask import Flask, request
from werkzeug.routing import BaseConverter

from ...conduit.slugs import RESERVED

PREFIX = "/api"
"""The prefix of the API: no sessions, errors as JSON, CORS."""

HEALTH = "/health"
"""The path of the check for a load balancer. It has no sessions either, and errors as JSON."""


def is_api(path: str) -> bool:
    """Whether a path belongs to the API.

    >>> is_api("/api"), is_api("/api/tags"), is_api("/apiary")
    (True, True, False)
    """
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def describe_servers() -> dict[str, list[dict[str, str]]]:
    """Return ``servers`` for the OpenAPI document if the app has a path prefix; without it, paths begin at the root."""
    return {"servers": [{"url": request.script_root}]} if request.script_root else {}


def is_for_programs(path: str) -> bool:
    """Whether a path is requested by programs, not by browsers with a session."""
    return is_api(path) or path == HEALTH


class SlugConverter(BaseConverter):
    """A slug that an article can have. Otherwise the methods of ``/articles/<slug>`` would seem allowed on the feed."""

    regex = f"(?!(?:{'|'.join(sorted(RESERVED))})$)[^/]+"
    part_isolating = True  # it never matches a slash


def add_converter(app: Flask) -> None:
    """Let rules name :class:`SlugConverter`. Must be called before the routes are added."""
    app.url_map.converters["slug"] = SlugConverter


def to_rule(path: str) -> str:
    """Turn the path of an operation into a rule of Flask.

    >>> to_rule("/profiles/{username}"), to_rule("/articles/{slug}"), to_rule("/articles/{slug}/favorite")
    ('/profiles/<username>', '/articles/<slug:slug>', '/articles/<slug>/favorite')
    """
    rule = path.replace("{", "<").replace("}", ">")
    return f"{rule.removesuffix('<slug>')}<slug:slug>" if rule.endswith("/<slug>") else rule
