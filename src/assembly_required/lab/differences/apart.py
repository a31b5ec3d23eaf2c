"""Run a library in a process of its own, because Django's settings are process-wide."""

import json
import subprocess
import sys
from typing import Any

from .outcome import Outcome


def run_apart(module: str, *arguments: str) -> Any:
    """Run a module, and return what it prints as JSON."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - all of it is ours
    return json.loads(done.stdout)


def find_outcomes(module: str, *arguments: str) -> dict[str, Outcome]:
    """Run a module that prints outcomes, and return them by the names of the inputs."""
    return {name: Outcome(**outcome) for name, outcome in run_apart(module, *arguments).items()}
