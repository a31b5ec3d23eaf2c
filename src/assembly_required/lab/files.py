"""Write files so that no reader finds half of one."""

import os
from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Write a text to a new file beside ``path``, and move it there when it is complete.

    :raises OSError: the folder is missing or cannot be written to; nothing has changed then.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
