"""The JSON half: operations bound to the parts of one app.

*In Django* this is what Django REST framework adds: authentication and permission classes, parsers, exception
handling.

*Here* there are small modules: ``guard`` (authentication, look-up, authorization), ``body`` (JSON in) and ``cors``.
Routes and schemas belong to the ``docs`` slot, because that is where the extensions differ most.

*What it costs*: about 3 µs a request for the guard's bookkeeping.

*Next*: :mod:`assembly_required.web.api.guard`.
"""

PREFIX = "/api"
"""Everything below it is the API: no sessions, errors as JSON, open to pages of other origins."""


def is_api(path: str) -> bool:
    """Whether a path is one of the API.

    >>> is_api("/api"), is_api("/api/tags"), is_api("/apiary")
    (True, True, False)
    """
    return path == PREFIX or path.startswith(f"{PREFIX}/")
