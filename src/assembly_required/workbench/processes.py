"""Processes that the workbench starts: peers, and measurements. They end with the server, however it ends."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from weakref import finalize

KEEPER = [sys.executable, "-m", "assembly_required.workbench.keeper"]

LAST = 5_000
"""Characters of the output of a process that are shown."""


class Process:
    """A process in the background, with what it has written.

    :param arguments: the command.
    :param folder: where it runs.
    :param environment: its environment variables.
    """

    def __init__(self, arguments: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.keeper = subprocess.Popen(  # noqa: S603 - the commands come from this package
            [*KEEPER, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=self._errors,
        )
        for file in (self.keeper.stdin, self._output, self._errors):
            if file:
                finalize(self, file.close)

    @property
    def status(self) -> int | None:
        """Its exit status, or ``None`` while it runs."""
        return self.keeper.poll()

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self.keeper.stdin:
            self.keeper.stdin.close()
        self.keeper.wait()

    def read_output(self) -> str:
        """Return what it has written to its standard output."""
        return read_end(self._output, None)

    def read_errors(self) -> str:
        """Return the end of what it has written to its standard error."""
        return read_end(self._errors, LAST)


def read_end(file: IO[bytes], most: int | None) -> str:
    """Read the end of a file that another process writes.

    :param most: the number of bytes; ``None`` for all.
    """
    file.seek(0, 2)
    size = file.tell()
    start = 0 if most is None else max(0, size - most)
    file.seek(start)
    text = file.read(size - start).decode(errors="replace")
    file.seek(0, 2)  # the process goes on writing at the position that both share
    return text
