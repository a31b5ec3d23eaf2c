"""The folder ``instance/mail``, where the mail backend ``file`` writes each message.

A message may contain a link that opens an account, so only the owner of the folder may read it.
"""

import email
import email.policy
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Flask


@dataclass
class Letter:
    """A message that was sent."""

    to: str
    subject: str
    date: str
    text: str


def folder(app: Flask) -> Path:
    """Return the folder, and create it if it does not exist."""
    path = Path(app.instance_path, "mail")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def letters(app: Flask) -> list[Letter]:
    """Return all messages, newest first."""
    files = sorted(folder(app).iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(message) for path in files for message in reversed(_messages(path))]


def _messages(path: Path) -> list[bytes]:
    """Django's backend writes a line after each message and may put several into one file."""
    return [each for each in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if each.strip()]


def _read(message: bytes) -> Letter:
    read = email.message_from_bytes(message, policy=email.policy.default)
    date = parsedate_to_datetime(read["Date"])
    return Letter(read["To"], read["Subject"].strip(), f"{date:%Y-%m-%d %H:%M}", read.get_content().rstrip())
