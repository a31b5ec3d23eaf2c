"""The database: whether it is set up, can be reached, and lies where it is safe."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask

from ..adapters.shared.commands import describe_unavailable
from ..stack.assembly import assembled
from ..web import firstrun
from ..web.site.links import HERE
from .registry import Finding, register

MOUNTS = Path("/proc/mounts")

NETWORK = ("9p", "afs", "ceph", "cifs", "davfs", "fuse.glusterfs", "fuse.sshfs", "lustre", "ncpfs", "nfs", "smb")
"""How the names of network file systems begin."""

ENCRYPTED = ("require", "verify-ca", "verify-full")


@register()
def check_setup(app: Flask) -> Iterator[Finding]:
    """Check that the key and the newest schema are there."""
    obstacle = find_obstacle(app)
    if obstacle:
        yield obstacle


def find_obstacle(app: Flask) -> Finding | None:
    """Find out why the database cannot be used, if it cannot."""
    try:
        firstrun.look(app, assembled(app).migrations)
    except firstrun.NotSetUp as refusal:
        return Finding(
            "storage.E001",
            f"{refusal.reason} Until then, every request is answered with 503.",
            f"Run: {firstrun.COMMAND}",
        )
    except Exception as error:
        message = describe_unavailable(app, error)
        if message is None:
            raise
        problem, _, hint = message.partition("\n")
        return Finding("storage.E002", problem, hint)
    return None


@register()
def check_file_system(app: Flask) -> Iterator[Finding]:
    """Check that SQLite can lock its file. In WAL mode, it also needs memory that all processes share.

    Source: https://www.sqlite.org/wal.html#overview
    """
    database = app.config["DATABASE"]
    kind = find_file_system(Path(database.location)) if database.dialect == "sqlite" else ""
    if kind.startswith(NETWORK):
        yield Finding(
            "storage.E003",
            f"{database} lies on a network file system ({kind}), where SQLite's locks do not work: data gets lost.",
            "Set DATABASE_URL to a file on a local disk, or to PostgreSQL.",
        )


def find_file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """Find the type of the file system on which a path lies; an empty text where that is not known, as on macOS."""
    try:
        lines = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return ""
    points = {Path(point.replace(r"\040", " ")): kind for _, point, kind, *_ in lines}
    resolved = path.resolve()
    return next((points[folder] for folder in (resolved, *resolved.parents) if folder in points), "")


@register(deploy=True)
def check_connection(app: Flask) -> Iterator[Finding]:
    """Check that the connection to a database on another machine is encrypted. libpq only prefers it."""
    database = app.config["DATABASE"]
    if database.dialect != "postgresql":
        return
    parts = urlsplit(database.location)
    mode = parse_qs(parts.query).get("sslmode", [os.environ.get("PGSSLMODE", "")])[0]
    if parts.hostname and parts.hostname not in HERE and mode not in ENCRYPTED:
        yield Finding(
            "storage.W004",
            f"The connection to PostgreSQL on {parts.hostname} may be without encryption.",
            f"Add sslmode to DATABASE_URL (from {assembled(app).settings.where('DATABASE_URL')}): "
            f"postgresql://user@{parts.hostname}/name?sslmode=verify-full",
        )
