"""The errors of the application, as exceptions with an HTTP status.

A handler raises them; :mod:`assembly_required.web.errors` renders JSON below ``/api`` and a page elsewhere. An
operation lists the ones it may raise, and the OpenAPI document is generated from that list.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from . import limits


class Refusal(Exception):
    """A request that the application refuses.

    :param errors: the messages for each field, for example ``{"email": ["is invalid"]}``.
    """

    status: ClassVar[int]
    example: ClassVar[dict[str, list[str]]]
    retry_after: int | None = None
    """Seconds after which the same request can succeed, for the header ``Retry-After``."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__(errors)
        self.errors = {key: list(messages) for key, messages in errors.items()}

    @property
    def body(self) -> dict[str, dict[str, list[str]]]:
        """The JSON body of the response. All errors have this shape.

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
    """The request does not prove who the caller is."""

    status = 401
    example = {"token": ["is missing"]}

    @classmethod
    def missing(cls) -> "Unauthorized":
        """Return the error for a request without a token."""
        return cls({"token": ["is missing"]})

    @classmethod
    def invalid(cls) -> "Unauthorized":
        """Return the error for a token that is malformed, expired, ended or forged, or whose user is gone."""
        return cls({"token": [limits.INVALID]})


class WrongCredentials(Unauthorized):
    """A login with an unknown email or a wrong password. The response does not tell which."""

    example = {"credentials": ["invalid"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Forbidden(Refusal):
    """The caller has no permission for this object."""

    status = 403
    example = {"article": ["forbidden"]}

    def __init__(self, what: str) -> None:
        super().__init__({what: ["forbidden"]})


class NotFound(Refusal):
    """The path names an object that does not exist."""

    status = 404
    example = {"article": ["not found"]}

    def __init__(self, what: str) -> None:
        super().__init__({what: ["not found"]})


class Taken(Refusal):
    """The value must be unique, and another row already has it."""

    status = 409
    example = {"username": [limits.TAKEN]}

    def __init__(self, key: str) -> None:
        super().__init__({key: [limits.TAKEN]})
        self.key = key


class LastStaff(Refusal):
    """An account cannot be deleted, because nobody else may enter the admin."""

    status = 409
    example = {"staff": ["would have no members left: first add another, with flask user grant USERNAME staff"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class TooLarge(Refusal):
    """The body is longer than :data:`~assembly_required.conduit.limits.REQUEST_BYTES`."""

    status = 413
    example = {"body": ["is too large"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class WrongContentType(Refusal):
    """The body is declared as something other than JSON."""

    status = 415
    example = {"body": ["must be application/json"]}

    def __init__(self) -> None:
        super().__init__(self.example)


class Invalid(Refusal):
    """The payload could be parsed, but fields in it are invalid."""

    status = 422
    example = {"title": [limits.BLANK]}


class TooManyAttempts(Refusal):
    """The visitor attempted this too often.

    :param retry_after: the seconds until it is allowed again.
    """

    status = 429
    example = {"request": ["too many attempts"]}
    retry_after: int

    def __init__(self, retry_after: int) -> None:
        super().__init__(self.example)
        self.retry_after = retry_after


class Unavailable(Refusal):
    """The database cannot be reached or written at the moment, or was busy for too long."""

    status = 503
    example = {"request": ["not available"]}
    retry_after = 5

    def __init__(self) -> None:
        super().__init__(self.example)


class Busy(Unavailable):
    """As many passwords as the server allows are being checked."""

    example = {"request": ["not available"]}
    retry_after = 2


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
    TooManyAttempts,
)
"""All errors that an operation can list. ``Unavailable`` is not included, since any request can fail with it."""
