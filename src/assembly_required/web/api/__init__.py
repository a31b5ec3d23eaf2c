"""The JSON API: ``guard`` does authentication, look-up and authorization, ``body`` reads JSON, ``cors`` adds headers.

Routes and schemas belong to the ``docs`` slot, because the extensions differ most there.
"""

from flask import request

PREFIX = "/api"
"""The prefix of the API: no sessions, errors as JSON, CORS."""


def is_api(path: str) -> bool:
    """Whether a path belongs to the API.

    >>> is_api("/api"), is_api("/api/tags"), is_api("/apiary")
    (True, True, False)
    """
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def describe_servers() -> dict[str, list[dict[str, str]]]:
    """Return ``servers`` for the OpenAPI document if the app has a path prefix; without it, paths begin at the root."""
    return {"servers": [{"url": request.script_root}]} if request.script_root else {}
