"""Run the contract against a server: ``python -m assembly_required.contract URL``. Needs pytest."""

import os
import sys
from pathlib import Path

from ..stack.packages import format_install

USAGE = """\
usage: python -m assembly_required.contract URL [--delete-user COMMAND] [pytest options]

Run the contract against the server at URL, for example http://127.0.0.1:5000 (without /api). It leaves users and
articles behind. With --delete-user 'flask user delete --yes {username}' it also runs the tests about deleted users.
"""


def main(arguments: list[str]) -> int:
    """Run the suite with pytest and return the exit code."""
    if not arguments or arguments[0] in ("-h", "--help") or not arguments[0].startswith(("http://", "https://")):
        print(USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        import pytest
    except ModuleNotFoundError:
        print(
            f"The contract is a pytest suite, and pytest is not installed. Run: {format_install('test')}",
            file=sys.stderr,
        )
        return 2
    url, *options = arguments
    here = str(Path(__file__).parent)
    plugin = [
        "-p",
        "assembly_required.contract.databases",
        "-p",
        "assembly_required.contract.plugin",
        "-p",
        "no:cacheprovider",
    ]
    return pytest.main(
        ["-c", os.devnull, "--rootdir", here, "--import-mode=importlib", *plugin, "--contract-url", url, *options, here]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
