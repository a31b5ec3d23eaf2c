"""Mail servers for tests."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

from aiosmtpd.controller import Controller


class Inbox:
    """Keeps the texts of letters.

    :param refusals: how many letters are refused before one is accepted.
    :param hangs: how many letters get no answer before that.
    """

    def __init__(self, refusals: int = 0, hangs: int = 0) -> None:
        self.refusals, self.hangs = refusals, hangs
        self.letters: Queue[str] = Queue()
        self.hanging: Queue[str] = Queue()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.hangs:
            self.hangs -= 1
            self.hanging.put(envelope.content.decode())
            await asyncio.Future()
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        self.letters.put(envelope.content.decode())
        return "250 OK"


@contextmanager
def serve(inbox: Inbox) -> Iterator[dict[str, Any]]:
    """Serve an inbox; yield the settings that send mail to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield {"MAIL_BACKENDS": ["smtp"], "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port}
    finally:
        server.stop()


@contextmanager
def mute() -> Iterator[dict[str, Any]]:
    """A mail server that accepts connections and never answers; yield the settings that send mail to it."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        yield {"MAIL_BACKENDS": ["smtp"], "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": listener.getsockname()[1]}
