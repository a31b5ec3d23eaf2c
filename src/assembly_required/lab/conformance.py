"""What stacks and peers pass of the contract, each in a process of its own."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

FOLDER = Path(__file__).parent.parent / "contract"
PLUGINS = ("assembly_required.contract.databases", "assembly_required.contract.plugin", "no:cacheprovider")
RAN = (0, 1)
"""The statuses of pytest if the tests ran: all passed, or some failed."""


class NotRun(Exception):
    """The contract could not be run."""


def run_contract(name: str, root: Path, selection: Sequence[str] = ()) -> dict[str, Any]:
    """Run the contract on a named stack, or on a peer such as ``peer=django``.

    :param root: the folder of ``wsgi.py``.
    :param selection: more options of pytest, such as ``-k``.
    :returns: how many tests passed, failed and were skipped: all together, and by ``modules``.
    :raises NotRun: pytest ended with an error.
    """
    kind, _, peer = name.rpartition("=")
    under_test = ["--peer", peer] if kind else ["--stack", name]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "results.xml"
        plugins = [word for plugin in PLUGINS for word in ("-p", plugin)]
        command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(root)]
        command += ["--import-mode=importlib", *plugins, *under_test, *selection, f"--junitxml={file}", str(FOLDER)]
        status, output = run_to_end(command, root)
        if status not in RAN:
            raise NotRun(f"The contract could not be run on {name}:\n{output[-3_000:]}")
        return count_results(file)


def run_to_end(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run a command and return its status and its output. If this process is interrupted, so is the command."""
    with subprocess.Popen(  # noqa: S603 - pytest on our own suite
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            process.send_signal(signal.SIGINT)  # so that it stops the servers that it started
            process.wait()
            raise
    return process.returncode, output


def count_results(file: Path) -> dict[str, Any]:
    """Count the results in a file that pytest wrote, without the examples in docstrings."""
    modules: dict[str, Counter[str]] = {}
    for case in ElementTree.parse(file).iter("testcase"):  # noqa: S314 - pytest wrote it
        found = re.search(r"\.(test_\w+)$", case.get("classname", ""))
        if found:
            modules.setdefault(found[1], Counter())[get_outcome(case)] += 1
    return {
        **format_counts(sum(modules.values(), Counter())),
        "modules": {n: format_counts(c) for n, c in modules.items()},
    }


def get_outcome(case: ElementTree.Element) -> str:
    """Return ``passed``, ``failed`` or ``skipped``."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def format_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return a number for every outcome."""
    return {outcome: counts.get(outcome, 0) for outcome in ("passed", "failed", "skipped")}
