"""The ways to wait for another service that are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec

UVICORN = "uvicorn {app} --port {port} --log-level warning --no-access-log"
GUNICORN = "gunicorn {app} --no-control-socket --bind 127.0.0.1:{port} --worker-class"


@dataclass(frozen=True)
class Way:
    """An app on a server.

    :param name: the name in the report.
    :param module: the app's module in this folder.
    :param command: the arguments of ``python -m`` that start its server.
    :param modules: what the app and its server need.
    :param at_once: how many requests it can handle at the same time; ``None`` if it is 1,000 or more.
    """

    name: str
    module: str
    command: str
    modules: tuple[str, ...]
    at_once: int | None = None

    @property
    def is_installed(self) -> bool:
        """Whether it can be started."""
        return all(map(find_spec, self.modules))

    def arguments(self, port: int) -> list[str]:
        """Return the arguments of Python that start its server."""
        return ["-m", *self.command.format(app=f"{self.module}:app", port=port).split()]


FLASK = ("flask", "urllib3", "gunicorn")
FASTAPI = ("fastapi", "uvicorn", "uvloop", "httptools")
DJANGO = ("django", "uvicorn", "uvloop", "httptools")

WAYS = (
    Way("Flask, gunicorn sync", "flask_app", f"{GUNICORN} sync", FLASK, at_once=1),
    Way("Flask, gunicorn gthread, 8 threads", "flask_app", f"{GUNICORN} gthread --threads 8", FLASK, at_once=8),
    Way("Flask, gunicorn gthread, 256 threads", "flask_app", f"{GUNICORN} gthread --threads 256", FLASK, at_once=256),
    Way("Flask, gunicorn gevent", "flask_app", f"{GUNICORN} gevent", (*FLASK, "gevent")),
    Way("FastAPI, def", "fastapi_def_app", UVICORN, (*FASTAPI, "urllib3"), at_once=40),
    Way("FastAPI, async def, httpx", "fastapi_httpx_app", UVICORN, (*FASTAPI, "httpx")),
    Way("FastAPI, async def, aiohttp", "fastapi_aiohttp_app", UVICORN, (*FASTAPI, "aiohttp")),
    Way("Django, def", "django_def_app", f"{UVICORN} --lifespan off", (*DJANGO, "urllib3")),
    Way("Django, async def, aiohttp", "django_async_app", f"{UVICORN} --lifespan off", (*DJANGO, "aiohttp")),
)


def split_installed(ways: Iterable[Way]) -> tuple[list[Way], list[Way]]:
    """Split ways into those that can be started and the others."""
    found: list[Way] = []
    missing: list[Way] = []
    for way in ways:
        (found if way.is_installed else missing).append(way)
    return found, missing
