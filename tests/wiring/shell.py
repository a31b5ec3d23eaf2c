"""Run the ``flask`` command as a user does, in this process: starting one takes longer than most commands."""

import os
import subprocess
import sys
import traceback
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from flask.cli import cli

from tests.conftest import ROOT

FLASK = str(Path(sys.executable).with_name("flask"))


class Shell:
    """Runs ``flask`` in the project's folder.

    :param instance: the instance folder.
    :param apart: whether to start a process for each command.
    """

    def __init__(self, instance: Path, apart: bool = False) -> None:
        self.environment = {**os.environ, "FLASK_INSTANCE_PATH": str(instance), "FLASK_SCRYPT_COST": "6"}
        self.apart = apart

    def __call__(self, *arguments: str, cwd: Path = ROOT, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = {**self.environment, **variables}
        if self.apart:
            return subprocess.run(
                [FLASK, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
            )
        with patch.dict(os.environ, environment, clear=True), patch.object(sys, "path", [*sys.path]), chdir(cwd):
            sys.modules.pop("wsgi", None)
            result = CliRunner().invoke(cli, arguments, prog_name="flask")
        stderr = result.stderr
        if result.exc_info and result.exception and not isinstance(result.exception, SystemExit):
            stderr += "".join(traceback.format_exception(*result.exc_info))
        return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, stderr)

    def ok(self, *arguments: str, **variables: str) -> str:
        result = self(*arguments, **variables)
        assert result.returncode == 0, result.stderr
        return result.stdout
