"""The peers: the whole application on another framework, for comparison. Each runs in processes of its own.

:data:`PEERS` says how to start each one; nothing here imports their code.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from ..reader.places import read_brought as read_files
from ..stack.packages import format_install

FOLDER = Path(__file__).parent.parent / "peers"
PATIENCE = 120
"""Seconds for a server to start."""


class PeerError(Exception):
    """A peer cannot run, or one of its commands failed."""


@dataclass(frozen=True)
class Peer:
    """An application that lies in :data:`FOLDER`. Its commands are arguments of Python.

    :param name: its name, and that of its folder.
    :param summary: what it is built with.
    :param modules: what it imports; ``extra`` installs them.
    :param setup: creates or updates its database.
    :param run: starts the server that its developers use, at ``{port}``.
    :param serve: starts the server for tests, at ``{port}``.
    :param load: reads made-up data from standard input.
    :param load_if_empty: the same, if there is no user yet.
    :param delete_user: deletes ``{username}``.
    :param paths: the paths that it serves, each with all below it.
    :param environment: environment variables, with ``{data}`` for the folder of its database.
    :param testing: more of them for tests.
    :param developing: those for a server that shows developers more, such as the mail it sent.
    """

    name: str
    summary: str
    extra: str
    modules: tuple[str, ...]
    setup: str
    run: str
    serve: str
    load: str
    load_if_empty: str
    delete_user: str
    paths: tuple[str, ...] = ("/",)
    environment: Mapping[str, str] = field(default_factory=dict)
    testing: Mapping[str, str] = field(default_factory=dict)
    developing: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The folder of its source."""
        return FOLDER / self.name

    def check(self) -> None:
        """Check that its packages are installed.

        :raises PeerError: some are missing.
        """
        missing = [name for name in self.modules if find_spec(name) is None]
        if missing:
            raise PeerError(
                f"The peer {self.name} needs {', '.join(missing)}, not installed. Run: {format_install(self.extra)}"
            )


FASTAPI = Peer(
    "fastapi",
    "FastAPI and SQLAlchemy: the API",
    "peer-fastapi",
    ("fastapi", "uvicorn", "sqlalchemy", "alembic", "pydantic_settings", "pwdlib", "argon2", "jwt", "limits", "typer"),
    setup="-m conduit_fastapi setup",
    run="-m uvicorn conduit_fastapi.main:app --reload --port {port}",
    serve="-m uvicorn conduit_fastapi.main:app --log-level warning --port {port}",
    load="-m conduit_fastapi load",
    load_if_empty="-m conduit_fastapi load --if-empty",
    delete_user="-m conduit_fastapi delete-user {username}",
    paths=("/api", "/docs", "/openapi.json", "/redoc"),
    environment={"CONDUIT_DATA": "{data}/fastapi"},
    testing={"PASSWORD_CHECKS": "20"},
)

PEERS = {
    peer.name: peer
    for peer in (
        Peer(
            "django",
            "Django and Django REST framework: the API, the site, the admin",
            "peer-django",
            (
                "django",
                "rest_framework",
                "drf_spectacular",
                "drf_spectacular_sidecar",
                "corsheaders",
                "csp",
                "environ",
                "whitenoise",
            ),
            setup="manage.py migrate --verbosity 0",
            run="manage.py runserver 127.0.0.1:{port}",
            serve="manage.py runserver 127.0.0.1:{port} --noreload",
            load="manage.py load",
            load_if_empty="manage.py load --if-empty",
            delete_user="manage.py deleteuser {username}",
            environment={"CONDUIT_DATA": "{data}"},
            testing={"DJANGO_SETTINGS_MODULE": "conduit_django.settings.test"},
            developing={"DJANGO_SETTINGS_MODULE": "conduit_django.settings.development"},
        ),
        FASTAPI,
        replace(
            FASTAPI,
            name="fastapi_async",
            summary="FastAPI and SQLAlchemy, with async and await: the API",
            modules=(*FASTAPI.modules, "aiosqlite", "greenlet"),
            run=FASTAPI.run.replace("conduit_fastapi", "conduit_fastapi_async"),
            serve=FASTAPI.serve.replace("conduit_fastapi", "conduit_fastapi_async"),
            environment={"CONDUIT_DATA": "{data}/fastapi_async", "PYTHONPATH": str(FOLDER / "fastapi")},
        ),
    )
}


@dataclass(frozen=True)
class Place:
    """Where a peer runs.

    :param peer: the peer.
    :param data: the folder of its database.
    :param variables: environment variables besides its own; ``None`` for one that is not passed on.
    """

    peer: Peer
    data: Path
    variables: Mapping[str, str | None] = field(default_factory=dict)

    def arguments(self, command: str, **values: str) -> list[str]:
        """Return the arguments of a process that runs a command of the peer."""
        return [sys.executable, *(word.format(**values) for word in command.split())]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        own = {name: value.format(data=self.data) for name, value in self.peer.environment.items()}
        merged = {**os.environ, **own, **self.variables}
        return {name: value for name, value in merged.items() if value is not None}

    def call(self, command: str, **values: str) -> None:
        """Run a command of the peer to its end.

        :raises PeerError: it failed. It has already printed why.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S603 - the command comes from PEERS
            self.arguments(command, **values), cwd=self.peer.path, env=self.environment, check=False
        )
        if done.returncode:
            raise PeerError(f"'{command.format(**values)}' of the peer {self.peer.name} failed.")

    def feed(self, command: str, lines: Iterable[str]) -> None:
        """Run a command of the peer that reads lines from standard input.

        :raises PeerError: it failed. It has already printed why.
        """
        process = subprocess.Popen(  # noqa: S603 - the command comes from PEERS
            self.arguments(command), cwd=self.peer.path, env=self.environment, stdin=subprocess.PIPE, text=True
        )
        with suppress(BrokenPipeError), process:  # it may end before it has read everything
            if process.stdin:
                process.stdin.writelines(lines)
        if process.returncode:
            raise PeerError(f"'{command}' of the peer {self.peer.name} failed.")


@contextmanager
def serve(name: str, data: Path, **variables: str) -> Iterator[tuple[str, Place]]:
    """Set up a peer in an empty folder and serve it meanwhile. Provides its URL and its place.

    A database that the environment names is not touched, unless ``variables`` name it too.

    :raises PeerError: it does not start.
    """
    peer = PEERS[name]
    peer.check()
    place = Place(peer, data, {"DATABASE_URL": None, **peer.testing, **variables})
    place.call(peer.setup)
    port = find_free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(  # noqa: S603 - the command comes from PEERS
            place.arguments(peer.serve, port=str(port)), cwd=peer.path, env=place.environment, stdout=log, stderr=log
        )
        try:
            if not answers(url, process):
                log.seek(0)
                raise PeerError(f"The peer {name} did not start:\n{log.read()[-5_000:]}")
            yield url, place
        finally:
            process.terminate()
            process.wait()


def find_free_port() -> int:
    """Find a port that no server uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until a server answers, whatever it answers; return false if it ended or takes too long."""
    for _ in range(PATIENCE * 10):
        try:
            urlopen(f"{url}/api/tags", timeout=10).close()  # noqa: S310 - the URL is one of this machine
        except HTTPError:
            return True
        except (URLError, OSError):
            if process.poll() is not None:
                return False
            time.sleep(0.1)
        else:
            return True
    return False


def read_brought(peer: Peer) -> dict[str, list[Path]]:
    """Read from ``BROUGHT.toml`` which files of a peer do the work of which slot.

    What no slot stands for is under ``blog`` (the application itself), ``site`` (its pages), ``project`` (settings,
    commands) and ``tests``.
    """
    return read_files(peer.path)
