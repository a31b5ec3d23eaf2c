"""The peers of the workbench: each is started when it is first asked for, and stopped with the server."""

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Timeout
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from ..data.export import export_demo, format_lines
from ..lab.peers import PEERS, PeerError, Place, answers, find_free_port
from .processes import Process

PATIENCE = 3
"""Seconds that a request waits for a peer to start."""


class Starting(Exception):
    """The peer has not started yet."""


@dataclass(frozen=True)
class Running:
    """A peer that answers at a port of this machine."""

    port: int
    process: Process


class Peers:
    """The peers that run.

    :param instance: the instance folder. A peer keeps its data in ``peers`` below it, as ``flask peers`` does.
    """

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "peers"
        self._started: dict[str, Future[Running]] = {}
        self._lock = Lock()

    def reach(self, name: str) -> int:
        """Return the port of a peer. It is set up with demo data and started if it does not run.

        :raises PeerError: it cannot run. The next request tries again.
        :raises Starting: it takes longer than :data:`PATIENCE`, and goes on meanwhile.
        """
        with self._lock:
            future = self._started.get(name)
            if future is None or has_ended(future):
                future = self._started[name] = Future()
                Thread(target=self._start, args=(name, future), daemon=True).start()
        try:
            return future.result(PATIENCE).port
        except Timeout:
            raise Starting(name) from None
        except PeerError:
            with self._lock:
                self._started.pop(name, None)
            raise

    def close(self) -> None:
        """Stop all peers."""
        with self._lock:
            started, self._started = self._started, {}
        for future in started.values():
            if future.exception() is None:
                future.result().process.stop()

    def _start(self, name: str, future: "Future[Running]") -> None:
        try:
            future.set_result(start(name, self._folder))
        except Exception as error:  # it is raised again by the request that waits
            future.set_exception(error)


def has_ended(future: "Future[Running]") -> bool:
    """Check whether a peer has run and ended since."""
    return future.done() and future.exception() is None and future.result().process.status is not None


def start(name: str, folder: Path) -> Running:
    """Set up a peer with demo data, and start it.

    :param folder: where it keeps its data.
    :raises PeerError: it cannot run.
    """
    peer, port = PEERS[name], find_free_port()
    peer.check()
    place = Place(peer, folder, dict(peer.developing))
    place.call(peer.setup)
    place.feed(peer.load_if_empty, format_lines(export_demo()))
    process = Process(place.arguments(peer.serve, port=str(port)), peer.path, place.environment)
    if not answers(f"http://127.0.0.1:{port}", process.keeper):
        process.stop()
        raise PeerError(f"The peer {name} did not start:\n{process.read_errors()}")
    return Running(port, process)


def serves(name: str, path: str) -> bool:
    """Check whether a peer serves a path.

    >>> serves("fastapi", "/api/tags"), serves("fastapi", "/login"), serves("django", "/login")
    (True, False, True)
    """
    return any(path == each or path.startswith(f"{each.rstrip('/')}/") for each in PEERS[name].paths)
