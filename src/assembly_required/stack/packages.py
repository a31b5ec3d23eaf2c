"""The command that installs missing packages."""

import sys


def format_install(*extras: str) -> str:
    """Format the command that installs extras of this project into the environment in use."""
    return f"{sys.executable} -m pip install -e '.[{','.join(extras)}]'"
