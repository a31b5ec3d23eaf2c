"""The program that runs in the process of a library, lets it send the letters, and prints the outcomes as JSON."""

import json
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from email import message_from_bytes
from importlib import import_module
from threading import Thread
from time import monotonic

from ..outcome import Outcome
from .letters import LETTERS, PATIENCE, Letter
from .receiving import Received, receive

Send = Callable[[Letter, int], None]


def main(library: str) -> None:
    """Print the outcome of every letter that a library sends."""
    send: Send = import_module(f".{library}", __package__).send
    outcomes = {letter.name: deliver(send, letter) for letter in LETTERS}
    print(json.dumps({name: asdict(outcome) for name, outcome in outcomes.items()}))


def deliver(send: Send, letter: Letter) -> Outcome:
    """Send a letter to the server that it is for, and return the outcome."""
    if letter.server != "running":
        with listening(letter.server == "silent") as port:
            return wait_for(send, letter, port)
    with receive() as (port, received):
        try:
            send(letter, port)
        except Exception as error:  # whatever the library raises is what the table shows
            return refuse(error)
    return read_letter(letter, received)


@contextmanager
def listening(silent: bool) -> Iterator[int]:
    """Provide the port of a server that never answers, or that is not there."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if silent:
            server.listen()
        yield server.getsockname()[1]


def wait_for(send: Send, letter: Letter, port: int) -> Outcome:
    """Send a letter in a thread, and give it up after a while."""
    outcomes: list[Outcome] = []
    start = monotonic()

    def attempt() -> None:
        try:
            send(letter, port)
        except Exception as error:  # whatever the library raises is what the table shows
            outcomes.append(refuse(error, monotonic() - start))

    thread = Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    waits = f"still waits after {PATIENCE} s"
    return outcomes[0] if outcomes else Outcome("fails", waits, waits)


def refuse(error: Exception, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a letter that was not sent."""
    text = f"{type(error).__name__}: {error}"
    line = " ".join(text.split())
    return Outcome("refuses", f"after {seconds:.0f} s, {line}" if seconds > 0.5 else line, text)


def read_letter(letter: Letter, received: Received) -> Outcome:
    """Return the outcome of a letter that was sent without an error: the part of it that the letter is about."""
    if not received.letters:
        return Outcome("accepts", "nothing is sent, and no error", None)
    message = message_from_bytes(received.letters[-1])
    if letter.part == "header":
        shown = f"Subject: {message['Subject']!r}" + (f", Bcc: {message['Bcc']}" if "Bcc" in message else "")
    elif letter.part == "recipients":
        shown = f"{'; '.join(received.recipients)}; To: {message['To']}"
    else:
        shown = "; ".join(
            f"{part.get_content_type()} {part['Content-Transfer-Encoding'] or ''}".strip() for part in message.walk()
        )
    return Outcome("accepts", shown, received.letters[-1].decode("utf-8", "replace"))


if __name__ == "__main__":
    main(*sys.argv[1:])
