"""An operation: one API endpoint as data.

*In Django* an endpoint is spread over ``urls.py`` (path), a view or viewset (method, permissions), a serializer (input
and output) and drf-spectacular's ``@extend_schema`` (what else it can answer).

*Here* the same facts stand in one decorator over the handler, named as OpenAPI names them. The adapters read them:
the guard for who may call, a docs adapter for routes and the document, the contract for the statuses to expect.

*What it costs*: a loop over data shows little of the extension that carries it out. So each docs adapter also
writes one resource by hand, as its own documentation would; compare the two there.

*Next*: :mod:`assembly_required.conduit.permissions`.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .errors import Invalid, NotJSON, Refusal, TooLarge, Unauthorized, WrongContentType

Caller = Literal["anyone", "optional", "user"]
Find = Callable[..., Any]
Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Operation:
    """One endpoint.

    :param method: the HTTP method.
    :param path: below ``/api``, with OpenAPI's braces: ``/articles/{slug}``.
    :param tag: the heading under which the documentation lists it.
    :param handler: what it does. Its payload comes first, by position; parts of the app, the viewer, what was
        found, the path and the query come by keyword, as far as its signature names them.
    :param caller: ``anyone`` (a token is not looked at), ``optional`` (known if there is a token), ``user``.
    :param finds: for each name the function that fetches what the path means, or refuses.
    :param takes: the schema of the payload, if there is one.
    :param query: the schema of the query string, if there is one.
    :param gives: the schema of the answer, if it has a body.
    :param status: the status of success.
    :param raises: what the handler or its finds can refuse.
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
        """One sentence: the first line of the handler's docstring."""
        return (inspect.getdoc(self.handler) or "").partition("\n")[0]

    @property
    def refusals(self) -> list[type[Refusal]]:
        """Every refusal this operation can answer with, one for each status, in the order of the statuses."""
        known: list[type[Refusal]] = list(self.raises)
        if self.caller != "anyone":
            known.append(Unauthorized)
        if self.takes:
            known += [NotJSON, TooLarge, WrongContentType]
        if self.takes or self.query:
            known.append(Invalid)
        return [one for _, one in sorted({each.status: each for each in known}.items())]

    @property
    def statuses(self) -> set[int]:
        """Every status this operation can answer with."""
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
    """Say what a handler is for; the facts end up in its attribute ``operation``."""

    def decorate(handler: Handler) -> Handler:
        facts = Operation(method, path, tag, handler, caller, finds, takes, query, gives, status, raises)
        handler.operation = facts  # type: ignore[attr-defined]
        return handler

    return decorate
