"""The peers of the workbench: each is started when it is first asked for, and stopped with the server."""

from pathlib import Path
from threading import Lock

from ..data.export import export_demo, format_lines
from ..lab.peers import PEERS, PeerError, Place, answers, find_free_port
from .processes import Process


class Peers:
    """The peers that run.

    :param instance: the instance folder. A peer keeps its data in ``peers`` below it, as ``flask peers`` does.
    """

    def __init__(self, instance: Path) -> None:
        self._folder = instance / "peers"
        self._running: dict[str, tuple[int, Process]] = {}
        self._lock = Lock()

    def reach(self, name: str) -> int:
        """Return the port of a peer. It is set up with demo data and started if it does not run.

        :raises PeerError: it cannot run.
        """
        with self._lock:
            port, process = self._running.get(name, (0, None))
            if process is None or process.status is not None:
                port, process = self._start(name)
                self._running[name] = (port, process)
            return port

    def _start(self, name: str) -> tuple[int, Process]:
        peer, port = PEERS[name], find_free_port()
        peer.check()
        place = Place(peer, self._folder, dict(peer.developing))
        place.call(peer.setup)
        place.feed(peer.load_if_empty, format_lines(export_demo()))
        process = Process(place.arguments(peer.serve, port=str(port)), peer.path, place.environment)
        if not answers(f"http://127.0.0.1:{port}", process.keeper):
            process.stop()
            raise PeerError(f"The peer {name} did not start:\n{process.read_errors()}")
        return port, process


def serves(name: str, path: str) -> bool:
    """Check whether a peer serves a path.

    >>> serves("fastapi", "/api/tags"), serves("fastapi", "/login"), serves("django", "/login")
    (True, False, True)
    """
    return any(path == each or path.startswith(f"{each.rstrip('/')}/") for each in PEERS[name].paths)
