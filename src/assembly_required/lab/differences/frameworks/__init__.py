"""What other frameworks answer to the same requests.

Each module is a small app, written as the tutorial of its framework shows, with a function ``app`` that returns a WSGI
application. It runs in a process of its own, because Django's settings are process-wide.
"""

import json
import subprocess
import sys
from importlib.util import find_spec

from ....stack.packages import format_install
from ..outcome import Outcome

FRAMEWORKS = {"rest_framework": ("rest_framework", "django")}
"""The name of each module, what it imports, and the extra that installs it."""


def ask(name: str) -> dict[str, Outcome] | str:
    """Send every input to a framework and return the outcomes by the name of the input, or why there are none."""
    needed, extra = FRAMEWORKS[name]
    if find_spec(needed) is None:
        return f"not installed: {format_install(extra)}"
    command = [sys.executable, "-m", f"{__name__}.child", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - all of it is ours
    return {input: Outcome(**outcome) for input, outcome in json.loads(done.stdout).items()}
