"""Read JSON strictly, and report it in the right order.

bent: FastAPI reads the body before it resolves dependencies, so malformed JSON would be reported before a missing
token. Here a body that cannot be read becomes ``UNREADABLE``, which fails the validation of the body, after the
dependencies.
Python's ``json`` also accepts ``NaN``, which is not JSON.

Source: https://fastapi.tiangolo.com/how-to/custom-request-and-route/
"""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from . import limits
from .errors import UNREADABLE, APIError


def refuse(constant: str) -> None:
    raise ValueError(constant)


class StrictRequest(Request):
    async def body(self) -> bytes:
        """Read the body. FastAPI's ``max_body_size`` would answer in plain text."""
        if not hasattr(self, "_body"):
            body = bytearray()
            async for chunk in self.stream():
                body += chunk
                if len(body) > limits.BODY_BYTES:
                    raise APIError(413, "body", "is too large")
            self._body = bytes(body)
        return self._body

    async def json(self) -> Any:
        body = await self.body()
        try:
            return json.loads(body.decode("utf-8"), parse_constant=refuse)
        except (ValueError, RecursionError):
            return UNREADABLE


class StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly
