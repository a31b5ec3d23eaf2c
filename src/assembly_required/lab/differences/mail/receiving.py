"""An SMTP server that keeps what it receives. It offers no extensions.

Source: https://www.rfc-editor.org/rfc/rfc5321
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


@dataclass
class Received:
    """What a server has received: the commands with recipients, and the letters."""

    recipients: list[str] = field(default_factory=list)
    letters: list[bytes] = field(default_factory=list)


class Server(ThreadingTCPServer):
    """The server.

    :param received: where it keeps what it receives.
    """

    daemon_threads = True

    def __init__(self, received: Received) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received = received


class Conversation(StreamRequestHandler):
    """One connection."""

    server: Server

    def handle(self) -> None:
        self.answer("220 ready")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"RCPT":
                self.server.received.recipients.append(line.decode().strip())
            if word == b"DATA":
                self.answer("354 go on")
                self.server.received.letters.append(self.read_letter())
            self.answer("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def read_letter(self) -> bytes:
        """Read lines until one that is a dot."""
        return b"".join(iter(self.rfile.readline, b".\r\n"))

    def answer(self, line: str) -> None:
        """Send a line."""
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def receive() -> Iterator[tuple[int, Received]]:
    """Run a server meanwhile. Provides its port, and what it receives."""
    received = Received()
    with Server(received) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1], received
        finally:
            server.shutdown()
            thread.join()
