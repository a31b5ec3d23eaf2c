"""Measure two stacks in the background, with ``flask compare --quick``."""

import os
import re
import sys
from pathlib import Path
from threading import Lock

from .processes import Process

WIDTH = 110
"""Characters of a line of the summary."""


class Measurement:
    """A comparison that runs or has ended.

    :param candidates: what is compared, each written as for ``flask compare``.
    """

    def __init__(self, candidates: tuple[str, str], root: Path) -> None:
        self.candidates = candidates
        self._process = Process(
            [sys.executable, "-m", "flask", "compare", "--quick", "--no-baselines", *candidates],
            root,
            {**find_environment(), "COLUMNS": str(WIDTH), "NO_COLOR": "1"},
        )
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether it still measures."""
        return self._process.status is None

    @property
    def progress(self) -> str:
        """What it does at the moment, such as ``timing  [####----]  50%``."""
        lines = [line for line in re.split(r"[\r\n]+", self._process.read_errors()) if line.strip()]
        return strip_controls(lines[-1]) if lines else "starting"

    @property
    def summary(self) -> str:
        """What the command has printed; empty while it measures."""
        return "" if self.is_running else self._process.read_output().strip()

    @property
    def problem(self) -> str:
        """Why it failed; empty if it did not."""
        if self._is_cancelled:
            return "You cancelled it."
        return "" if self.is_running or self._process.status == 0 else strip_controls(self._process.read_errors())

    def cancel(self) -> None:
        """End it."""
        self._is_cancelled = self.is_running
        self._process.stop()


def find_environment() -> dict[str, str]:
    """Return the environment without debug mode, which takes time, and without the variables of the reloader."""
    return {
        name: value for name, value in os.environ.items() if name != "FLASK_DEBUG" and not name.startswith("WERKZEUG_")
    }


def strip_controls(text: str) -> str:
    r"""Remove the codes that move the cursor of a terminal.

    >>> strip_controls("\x1b[?25ltiming\x1b[K")
    'timing'
    """
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


class Measurements:
    """The measurement of this server; there is one at a time, because two would disturb each other.

    :param root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._lock = root, Lock()
        self.last: Measurement | None = None

    def start(self, left: str, right: str) -> Measurement | None:
        """Start to measure. Returns ``None`` if another measurement runs."""
        with self._lock:
            if self.last and self.last.is_running:
                return None
            self.last = Measurement((left, right), self._root)
            return self.last
