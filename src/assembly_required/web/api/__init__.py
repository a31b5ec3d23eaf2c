"""The JSON API: ``guard`` does authentication, look-up and authorization, ``body`` reads JSON, ``cors`` adds headers.

Routes and schemas belong to the ``docs`` slot, because the extensions differ most there.
"""

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


def is_for_programs(path: str) -> bool:
    """Whether a path is requested by programs, not by browsers with a session."""
    return is_api(path) or path == HEALTH
