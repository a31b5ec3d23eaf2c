"""An operation: one API endpoint described as data.

The decorator ``operation`` attaches the facts to a handler, under the names OpenAPI uses. The guard, the docs adapters
and the contract read them.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .errors import Invalid, NotJSON, Refusal, TooLarge, TooManyAttempts, Unauthorized, WrongContentType

Caller = Literal["anyone", "optional", "user"]
Find = Callable[..., Any]
Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """One endpoint.

    :param method: the HTTP method.
    :param path: the path below ``/api``, with parameters in braces as in OpenAPI: ``/articles/{slug}``.
    :param tag: the heading under which the documentation lists it.
    :param handler: the function to call. It gets the payload as first positional argument. Parts of the app, the
        viewer, the objects from ``finds``, path parameters and query parameters are passed by keyword, if its
        signature names them.
    :param caller: ``anyone`` (tokens are ignored), ``optional`` (a token is used if present) or ``user`` (required).
    :param finds: for each argument name, the function that loads the object the path names, or raises.
    :param takes: the schema of the payload, if there is one.
    :param query: the schema of the query string, if there is one.
    :param gives: the schema of the response, if it has a body.
    :param status: the HTTP status on success.
    :param raises: the errors that the handler or its ``finds`` can raise.
    """

    method: str
    path: str
    tag: str
    handler: Callable[..., Any]
    caller: Caller
    finds: dict[str, Find]
    takes: str | None
    query: str | None
    gives: str | None
    status: int
    raises: tuple[type[Refusal], ...]

    @property
    def id(self) -> str:
        """OpenAPI's ``operationId``: the name of the handler."""
        return self.handler.__name__

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (inspect.getdoc(self.handler) or "").partition("\n")[0]

    @property
    def refusals(self) -> list[type[Refusal]]:
        """The errors this operation can return, one for each status, sorted by status."""
        known: list[type[Refusal]] = list(self.raises)
        if self.caller != "anyone":
            known.append(Unauthorized)
        if self.takes:
            known += [NotJSON, TooLarge, WrongContentType]
        if self.takes or self.query:
            known.append(Invalid)
        if self.method != "GET":
            known.append(TooManyAttempts)
        return [one for _, one in sorted({each.status: each for each in known}.items())]

    @property
    def statuses(self) -> set[int]:
        """All HTTP statuses this operation can return."""
        return {self.status, *(refusal.status for refusal in self.refusals)}


def operation(
    method: str,
    path: str,
    *,
    tag: str,
    caller: Caller,
    takes: str | None = None,
    query: str | None = None,
    gives: str | None = None,
    status: int = 200,
    raises: tuple[type[Refusal], ...] = (),
    **finds: Find,
) -> Callable[[Handler], Handler]:
    """Describe a handler as an API endpoint. The description is stored in its attribute ``operation``."""

    def decorate(handler: Handler) -> Handler:
        facts = Operation(method, path, tag, handler, caller, finds, takes, query, gives, status, raises)
        handler.operation = facts  # type: ignore[attr-defined]
        return handler

    return decorate
