"""The applications that are served: stacks and peers, each with a database of its own and the same made-up data."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ...data.export import export_seed, format_lines
from ..compare.candidates import PEER_APPS
from ..peers import Peer, Place
from .running import OTHERS
from .servers import DJANGO, FASTAPI, FLASK, ServeError

USERS, ARTICLES = 200, 1_000


class Application(Protocol):
    """What a server can serve.

    :param name: the name in the report.
    :param target: what servers import, for example ``wsgi:app``.
    :param folder: the folder in which they import it.
    :param servers: the names of servers that can serve it.
    :param framework: the distribution that it is written with.
    """

    @property
    def name(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def servers(self) -> tuple[str, ...]: ...
    @property
    def framework(self) -> str: ...

    def prepare(self, data: Path, database: str | None) -> dict[str, str]:
        """Create its tables and fill them. Return the environment variables for its servers.

        :param data: an empty folder for its files.
        :param database: the URL of an empty PostgreSQL database; ``None`` for an SQLite file in ``data``.
        """


@dataclass(frozen=True)
class Stack:
    """A stack of this project, served as in production: by ``wsgi.py``.

    :param choice: the config keys of the stack.
    :param folder: the folder of ``wsgi.py``.
    """

    name: str
    choice: Mapping[str, str]
    folder: Path
    target: str = "wsgi:app"
    servers: tuple[str, ...] = FLASK
    framework: str = "flask"

    def prepare(self, data: Path, database: str | None) -> dict[str, str]:
        keys = {"INSTANCE_PATH": str(data), **self.choice, **({"DATABASE_URL": database} if database else {})}
        environment = {f"FLASK_{key}": value for key, value in keys.items()}
        self._run_flask(environment, "setup")
        self._run_flask(environment, "seed", f"--users={USERS}", f"--articles={ARTICLES}")
        return environment

    def _run_flask(self, environment: Mapping[str, str], *arguments: str) -> None:
        own = {key: value for key, value in os.environ.items() if not key.startswith(OTHERS)}
        done = subprocess.run(  # noqa: S603 - the arguments are written above
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=self.folder,
            env={**own, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServeError(f"'flask {' '.join(arguments)}' failed for the stack {self.name}:\n{done.stderr.strip()}")


@dataclass(frozen=True)
class PeerApplication:
    """A peer, with its settings for production."""

    peer: Peer

    @property
    def name(self) -> str:
        return f"peer={self.peer.name}"

    @property
    def target(self) -> str:
        return PEER_APPS[self.peer.name].app

    @property
    def folder(self) -> Path:
        return self.peer.path

    @property
    def servers(self) -> tuple[str, ...]:
        return FASTAPI if PEER_APPS[self.peer.name].interface == "asgi" else DJANGO

    @property
    def framework(self) -> str:
        return self.peer.modules[0]

    def prepare(self, data: Path, database: str | None) -> dict[str, str]:
        place = Place(self.peer, data, {"DATABASE_URL": database})
        place.call(self.peer.setup)
        place.feed(self.peer.load, format_lines(export_seed(USERS, ARTICLES)))
        own = {name: value.format(data=data) for name, value in self.peer.environment.items()}
        production = {**PEER_APPS[self.peer.name].environment, **OWN.get(self.peer.name, {})}
        return {**own, **production, **({"DATABASE_URL": database} if database else {})}


OWN = {"django": {"SECRET_KEY": "only for measurements, and as long as Django asks for", "ALLOWED_HOSTS": "127.0.0.1"}}
"""What settings for production require besides."""
