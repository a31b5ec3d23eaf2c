"""Run a candidate in a process of its own, which does what it is asked.

The process times itself, so that asking costs nothing. It has a session of its own: Ctrl-C reaches only this process,
which then ends the others.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any

from . import child
from .candidates import Candidate
from .data import SECRET_KEY, Data
from .endpoints import Endpoint


class Died(Exception):
    """The process of a candidate ended by itself."""


class Process:
    """A candidate that runs in a process. Use it as a context: it ends with it.

    :param token: the token of the caller, if there is one already.
    :param watched: whether functions in C are wrapped, to count statements and to take samples.

    :raises Died: it did not start.
    """

    def __init__(self, candidate: Candidate, data: Data, token: str | None = None, *, watched: bool = False) -> None:
        self.candidate = candidate
        self.token = token
        self._data = data
        task = {
            "app": candidate.app,
            "interface": candidate.interface,
            "hollow": candidate.by_hand or bool(candidate.peer),
            "watched": watched,
            **data.arguments(candidate),
        }
        # -P: do not add the folder of the program to the import path.
        command = [sys.executable, "-P", child.__file__, json.dumps(task)]
        before = perf_counter()
        self._log = TemporaryFile("w+")  # noqa: SIM115 - close() closes it
        self._process = subprocess.Popen(  # noqa: S603 - our own file
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            env=merge_environment({**candidate.environment, **data.environment(candidate)}),
            start_new_session=True,
        )
        try:
            self._read("to start")
        except BaseException:
            self.close()
            raise
        self.started = (perf_counter() - before) * 1_000
        """Milliseconds from starting Python to the first response."""

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def ask(self, command: str, **arguments: Any) -> Any:
        """Ask the process to run a command of :class:`.child.Candidate`, and return what it returns.

        :raises Died: the process has ended.
        """
        assert self._process.stdin  # noqa: S101 - for mypy: it is a pipe
        with suppress(BrokenPipeError):  # reading says why
            self._process.stdin.write(f"{json.dumps([command, arguments])}\n")
            self._process.stdin.flush()
        return self._read(f"to {command.replace('_', ' ')}")

    def send(self, endpoint: Endpoint) -> tuple[str, str]:
        """Send a request, and return the status line and the body of the response."""
        status, body = self.ask("send", request=self.prepare(endpoint))
        return status, body

    def prepare(self, endpoint: Endpoint) -> list[str | None]:
        """Return a request with the token of the caller, if the endpoint needs one."""
        token = self.token if endpoint.signed_in else None
        return [endpoint.method, endpoint.url, token, endpoint.body.decode()]

    def time(self, endpoint: Endpoint, times: int, *, elapsed: bool = False) -> int:
        """Send a request ``times`` times, and return the CPU time of the process in nanoseconds.

        :param elapsed: return the elapsed time instead, which includes the work of a database server.
        """
        nanoseconds: int = self.ask("time", request=self.prepare(endpoint), times=times, elapsed=elapsed)
        return nanoseconds

    def sign_in(self) -> None:
        """Get a token. A baseline cannot sign anybody in, so its module issues one.

        :raises Died: the caller cannot sign in.
        """
        if self.candidate.by_hand:
            module, _, _ = self.candidate.app.partition(":")
            self.token = self.ask("issue_token", module=module, secret_key=SECRET_KEY, user=self._data.user)
            return
        status, body = self.send(Endpoint("login", "POST", "/api/users/login", body=self._data.login))
        if not status.startswith("200"):
            raise Died(f"The user cannot sign in to {self.candidate.name!r}. It answers with {status}: {body[:200]}")
        self.token = json.loads(body)["user"]["token"]

    def close(self) -> None:
        """End the process. It has nothing to save."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _read(self, what: str) -> Any:
        assert self._process.stdout  # noqa: S101 - for mypy: it is a pipe
        line = self._process.stdout.readline()
        if line:
            return json.loads(line)
        status = self._process.wait()
        self._log.seek(0)
        log = self._log.read().strip()[-2_000:]
        raise Died(f"The process of {self.candidate.name!r} was asked {what}, and ended with status {status}.\n{log}")


def merge_environment(own: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process: this one's, but not the settings of this installation, and its own."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FLASK_") and name not in ("DATABASE_URL", "SECRET_KEY")
    }
    paths = [paths for paths in (own.get("PYTHONPATH"), os.environ.get("PYTHONPATH")) if paths]
    return {**inherited, **own, **({"PYTHONPATH": os.pathsep.join(paths)} if paths else {})}
