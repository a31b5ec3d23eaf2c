"""Processes that the workbench starts: peers, and measurements. They end with the server, however it ends."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
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
        self._output = NamedTemporaryFile("ab")  # noqa: SIM115 - it lives as long as the process
        self._errors = NamedTemporaryFile("ab")  # noqa: SIM115
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
        return Path(self._output.name).read_text(errors="replace")

    def read_errors(self) -> str:
        """Return the end of what it has written to its standard error."""
        return Path(self._errors.name).read_text(errors="replace")[-LAST:]
