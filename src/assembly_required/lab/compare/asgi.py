"""Call an ASGI app without a server, in an event loop of its own.

The requests are those of :mod:`.wsgi`. Each runs in a task of its own, as under uvicorn. The startup of the app is run;
its shutdown is not, because the process ends with it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from .wsgi import Prepared

ASGIApp = Callable[[dict[str, Any], Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


class ASGI:
    """An ASGI app that has been started.

    :raises RuntimeError: its startup failed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._start())

    def send(self, requests: list[Prepared]) -> tuple[str, bytes]:
        """Send requests one after the other, and return the status line and the body of the last response."""
        return self._loop.run_until_complete(self._send(requests))

    async def _send(self, requests: list[Prepared]) -> tuple[str, bytes]:
        answer = "", b""
        for request in requests:
            answer = await self._loop.create_task(self._answer(request))
        return answer

    async def _answer(self, request: Prepared) -> tuple[str, bytes]:
        body: list[dict[str, Any]] = [{"type": "http.request", "body": request.body, "more_body": False}]
        status, chunks = 0, []

        async def receive() -> dict[str, Any]:
            return body.pop() if body else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                chunks.append(message.get("body", b""))

        await self._app(request.scope(), receive, send)
        return str(status), b"".join(chunks)

    async def _start(self) -> None:
        """Send the event of the startup.

        Source: https://asgi.readthedocs.io/en/latest/specs/lifespan.html
        """
        received: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._lifespan = asyncio.ensure_future(self._app(scope, received.get, sent.put))
        await received.put({"type": "lifespan.startup"})
        message = await sent.get()
        if message["type"] != "lifespan.startup.complete":
            raise RuntimeError(f"The startup of the app failed: {message.get('message', '')}")
