"""The folder of sent mail: ``instance/mail``, where the backend ``file`` puts each letter.

*In Django* ``EMAIL_FILE_PATH`` for the backend ``filebased``; to read the letters is up to the developer.

*Here* every option of ``mail`` writes there, one message to a file, and the site shows them while it is developed.

*What it costs*: a letter may hold a link that opens an account, so the folder is its owner's alone.

*Next*: :mod:`assembly_required.adapters.admin`.
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
    """The folder, made if it is not there."""
    path = Path(app.instance_path, "mail")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def letters(app: Flask) -> list[Letter]:
    """All letters, the newest first."""
    files = sorted(folder(app).iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(message) for path in files for message in reversed(_messages(path))]


def _messages(path: Path) -> list[bytes]:
    """Django's backend draws a line below each message, and may put several into one file."""
    return [each for each in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if each.strip()]


def _read(message: bytes) -> Letter:
    read = email.message_from_bytes(message, policy=email.policy.default)
    date = parsedate_to_datetime(read["Date"])
    return Letter(read["To"], read["Subject"].strip(), f"{date:%Y-%m-%d %H:%M}", read.get_content().rstrip())
