"""Run pytest in a fork of a process that has imported the libraries, which saves most of the time of a short run."""

import os
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest

LIBRARIES = (
    *("flask", "flask_login", "flask_migrate", "flask_smorest", "flask_sqlalchemy", "flask_wtf"),
    *("argon2", "jwt", "markdown_it", "psycopg", "psycopg_pool"),
)
"""What most tests import. The project itself is imported in each fork, because it is what changes."""

OPTIONS = ["-n", "0", "-q", "-x", "-p", "xdist", "-p", "no:cacheprovider", "-m", "not mutation and not full"]


def import_libraries() -> None:
    for name in LIBRARIES:
        import_module(name)


def run_tests(project: Path, tests: Iterable[str], timeout: float | None, is_baseline: bool = False) -> int | None:
    """Return the exit code of pytest; ``None`` if it did not end in time.

    :param project: the project's folder.
    :param tests: arguments of pytest.
    :param timeout: in seconds.
    :param is_baseline: whether to keep the bytecode of the tests, and to show what pytest prints.
    """
    process = get_context("fork").Process(target=_run, args=(project, [*OPTIONS, *tests], is_baseline))
    process.start()
    process.join(timeout)
    code = process.exitcode
    if code is None and process.pid:
        os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return code


def _run(project: Path, arguments: list[str], is_baseline: bool) -> None:
    os.setpgid(0, 0)  # a group, which ends with the servers that tests start
    os.chdir(project)
    os.environ["PYTHONPATH"] = str(project / "src")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # the plugins that are installed take longer than most tests
    sys.path[:0] = [str(project / "src"), str(project)]
    sys.dont_write_bytecode = not is_baseline
    if is_baseline:
        os.dup2(2, 1)
    else:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
    os._exit(pytest.main(arguments))
