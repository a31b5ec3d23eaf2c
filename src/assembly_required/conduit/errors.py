"""Everything the application can refuse, as exceptions that carry their HTTP status.

*In Django* these are ``Http404``, ``PermissionDenied``, ``ValidationError`` and DRF's ``APIException`` family, which
an exception handler turns into a response.

*Here* a handler raises; :mod:`assembly_required.web.errors` makes it JSON below ``/api`` and a page elsewhere. The
classes are also data: an operation names those it may raise, and the OpenAPI document is written from them.

*What it costs*: the core knows the numbers of HTTP. A second family of "domain errors" plus a table between the two
would hide them, and would say nothing new.

*Next*: :mod:`assembly_required.conduit.model`.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from . import limits


class Refusal(Exception):
    """A request that is not carried out.

    :param errors: what is wrong with what, for example ``{"email": ["is invalid"]}``.
    """

    status: ClassVar[int]
    example: ClassVar[dict[str, list[str]]]

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(errors)
        self.errors = {key: list(messages) for key, messages in errors.items()}

    @property
    def body(self) -> dict[str, dict[str, list[str]]]:
        """The one shape in which every error leaves.

        >>> NotFound("article").body
        {'errors': {'article': ['not found']}}
        """
        return {"errors": self.errors}


class NotJSON(Refusal):
    """The body cannot be read as JSON in UTF-8."""

    status = 400
    example = {"body": ["is not JSON"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Unauthorized(Refusal):
    """Nobody is known to be asking."""

    status = 401
    example = {"token": ["is missing"]}

    @classmethod
    def missing(cls) -> "Unauthorized":
        """No token came along."""
        return cls({"token": ["is missing"]})

    @classmethod
    def invalid(cls) -> "Unauthorized":
        """A token came, but it is malformed, expired, forged, or its user is gone."""
        return cls({"token": [limits.INVALID]})


class WrongCredentials(Unauthorized):
    """A login with an unknown email or a wrong password; which of the two is not told."""

    example = {"credentials": ["invalid"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Forbidden(Refusal):
    """It is there, but it belongs to somebody else."""

    status = 403
    example = {"article": ["forbidden"]}

    def __init__(self, what: str) -> None:
        super().__init__({what: ["forbidden"]})


class NotFound(Refusal):
    """The path names something that is not there."""

    status = 404
    example = {"article": ["not found"]}

    def __init__(self, what: str) -> None:
        super().__init__({what: ["not found"]})


class Taken(Refusal):
    """Another row has this value, which has to be unique."""

    status = 409
    example = {"username": [limits.TAKEN]}

    def __init__(self, key: str) -> None:
        super().__init__({key: [limits.TAKEN]})
        self.key = key


class TooLarge(Refusal):
    """The body is longer than :data:`~assembly_required.conduit.limits.REQUEST_BYTES`."""

    status = 413
    example = {"body": ["is too large"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class WrongContentType(Refusal):
    """The body says that it is something other than JSON."""

    status = 415
    example = {"body": ["must be application/json"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Invalid(Refusal):
    """What was sent was understood, and fields in it are wrong."""

    status = 422
    example = {"title": [limits.BLANK]}


class Unavailable(Refusal):
    """The database cannot be reached, or was busy for too long."""

    status = 503
    example = {"request": ["the database is not available, try again later"]}
    retry_after = 5
    """Seconds, for the header ``Retry-After``."""

    def __init__(self) -> None:
        super().__init__(self.example)


REFUSALS: tuple[type[Refusal], ...] = (
    NotJSON,
    Unauthorized,
    WrongCredentials,
    Forbidden,
    NotFound,
    Taken,
    TooLarge,
    WrongContentType,
    Invalid,
)
"""Every way in which an operation can refuse. ``Unavailable`` is not one of them: any request can end with it."""
