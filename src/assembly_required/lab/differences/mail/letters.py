"""The letters that every library gets to send."""

from typing import Literal, NamedTuple

PATIENCE = 3
"""Seconds after which a letter that is still being sent is given up."""

SENDER = "blog@example.com"

Part = Literal["header", "recipients", "types"]

Server = Literal["running", "silent", "away"]


class Letter(NamedTuple):
    """A letter, and where it is sent.

    :param name: what is special about it.
    :param part: the part of the received letter that the table shows.
    :param html: a second version of the text, or an empty text.
    :param server: what the SMTP server does.
    :param timeout: the time limit in seconds that is configured, or ``None`` for the library's own.
    """

    name: str
    part: Part = "header"
    subject: str = "Hello"
    to: tuple[str, ...] = ("ana@example.com",)
    text: str = "Text"
    html: str = ""
    server: Server = "running"
    timeout: float | None = None

    @property
    def detail(self) -> str:
        """What is sent, as readable text."""
        if self.server != "running":
            return f"a server that is {self.server}, a limit of {self.timeout or 'no'} s"
        return {"header": repr(self.subject), "recipients": f"to {', '.join(self.to) or 'nobody'}"}.get(self.part, "")


LETTERS = (
    Letter("an ordinary letter"),
    Letter("a line end in the subject", subject="Hello\r\nBcc: eve@example.com"),
    Letter("a subject outside of ASCII", subject="Grüße 🎉"),
    Letter("a control character in the subject", subject="a\x1bb"),
    Letter("a line end in an address", "recipients", to=("ana@example.com\r\nBcc: eve@example.com",)),
    Letter("an address with a local part outside of ASCII", "recipients", to=("jürgen@example.com",)),
    Letter("an address with a domain outside of ASCII", "recipients", to=("ana@bücher.example",)),
    Letter("a name outside of ASCII", "recipients", to=("Jürgen <ana@example.com>",)),
    Letter("no recipient", "recipients", to=()),
    Letter("two recipients", "recipients", to=("ana@example.com", "eve@example.com")),
    Letter("text and HTML", "types", html="<p>Text</p>"),
    Letter("a text outside of ASCII", "types", text="Grüße"),
    Letter("no server", server="away"),
    Letter("a server that is silent", server="silent"),
    Letter("a server that is silent, with a time limit", server="silent", timeout=1),
)
