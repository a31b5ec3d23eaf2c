"""Run the ``flask`` command as a user does."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

FLASK = str(Path(sys.executable).with_name("flask"))


class Shell:
    """Runs ``flask`` in the project's folder."""

    def __init__(self, instance: Path) -> None:
        self.environment = {**os.environ, "FLASK_INSTANCE_PATH": str(instance), "FLASK_SCRYPT_COST": "6"}

    def __call__(self, *arguments: str, cwd: Path = ROOT, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = {**self.environment, **variables}
        return subprocess.run(
            [FLASK, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )

    def ok(self, *arguments: str, **variables: str) -> str:
        result = self(*arguments, **variables)
        assert result.returncode == 0, result.stderr
        return result.stdout
