"""Files of the installation that other users of the machine can read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from ..stack.settings import KEY_FILE
from .registry import Finding, register

READ_OR_WRITE = stat.S_IROTH | stat.S_IWOTH


@register(deploy=True)
def check_folder(app: Flask) -> Iterator[Finding]:
    """Check that only the owner and the group can enter the instance folder."""
    folder = Path(app.instance_path)
    if is_open(folder, stat.S_IRWXO):
        yield Finding(
            "files.W001",
            f"Every user of this machine can enter {folder}.",
            f"Run: chmod o= {folder}",
        )


@register(deploy=True)
def check_files(app: Flask) -> Iterator[Finding]:
    """Check the files that hold secrets or data."""
    folder, database = Path(app.instance_path), app.config["DATABASE"]
    yield from _check(folder / KEY_FILE, "files.E002", "Whoever has the key can sign in as anybody.")
    yield from _check(folder / "config.toml", "files.W003", "It may hold passwords of the database and of mail.")
    if database.dialect == "sqlite":
        yield from _check(Path(database.location), "files.W004", "It holds addresses and password hashes.")


def _check(file: Path, code: str, why: str) -> Iterator[Finding]:
    if is_open(file, READ_OR_WRITE):
        yield Finding(code, f"Every user of this machine can read {file}. {why}", f"Run: chmod o= {file}")


def is_open(path: Path, bits: int) -> bool:
    """Check whether others have one of these permissions, and can reach the path through all folders above it.

    On Windows the bits say nothing about other users.
    """
    if os.name != "posix" or not path.exists():
        return False
    reachable = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)
    return reachable and bool(path.stat().st_mode & bits)
