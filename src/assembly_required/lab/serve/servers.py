"""The servers, and the commands that start them."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from ...stack.packages import format_install

GUNICORN = "gunicorn {target} --no-control-socket --bind 127.0.0.1:{port} --workers {workers} --worker-class"
"""Its control socket would replace that of another gunicorn of the same user."""

UVICORN = "uvicorn {target} --port {port} --log-level warning --no-access-log --timeout-worker-healthcheck 60"
"""By default its parent ends a worker that does not answer for 5 seconds, as may happen on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A server for Python applications.

    :param name: the name in the report.
    :param command: the arguments of ``python -m``, with ``{target}``, ``{port}`` and ``{workers}``.
    :param modules: what it needs beside the application.
    :param threads: the threads of a worker; ``None`` if it does not serve requests by threads.
    :param processes: whether it can have more than one worker.
    """

    name: str
    command: str
    modules: tuple[str, ...]
    threads: int | None = None
    processes: bool = True

    @property
    def is_installed(self) -> bool:
        """Whether it can be started."""
        return all(map(find_spec, self.modules))

    def arguments(self, target: str, port: int, workers: int) -> list[str]:
        """Return the arguments of Python to serve ``target``, for example ``wsgi:app``."""
        return ["-m", *self.command.format(target=target, port=port, workers=workers).split()]


SERVERS = {
    server.name: server
    for server in (
        Server("gunicorn sync", f"{GUNICORN} sync", ("gunicorn",), threads=1),
        Server("gunicorn gthread", f"{GUNICORN} gthread --threads 8", ("gunicorn",), threads=8),
        Server("gunicorn gevent", f"{GUNICORN} gevent", ("gunicorn", "gevent")),
        Server(
            "granian",
            "granian {target} --interface wsgi --host 127.0.0.1 --port {port} --workers {workers} --blocking-threads 8",
            ("granian",),
            threads=8,
        ),
        Server(
            "waitress",
            "waitress --listen=127.0.0.1:{port} --threads=8 {target}",
            ("waitress",),
            threads=8,
            processes=False,
        ),
        Server(
            "uvicorn",
            f"{UVICORN} --workers {{workers}}",
            ("uvicorn", "uvloop", "httptools"),
        ),
    )
}

FLASK = ("gunicorn sync", "gunicorn gthread", "gunicorn gevent", "granian", "waitress")
DJANGO = ("gunicorn sync", "gunicorn gthread")
FASTAPI = ("uvicorn",)


class ServeError(Exception):
    """Something that is needed to measure servers is missing, or failed."""


def check_installed(names: Sequence[str]) -> None:
    """Check that servers are installed.

    :raises ServeError: some are not.
    """
    missing = [name for name in names if not SERVERS[name].is_installed]
    if missing:
        raise ServeError(
            f"{', '.join(missing)} cannot be measured, because it is not installed. Run: {format_install('serve')}"
        )
