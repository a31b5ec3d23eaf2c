"""Run a command, and end it when the program that started it is gone: ``python -m assembly_required.workbench.keeper``.

The other program holds the standard input open. The system closes it, however that program ends.
"""

import subprocess
import sys
from threading import Thread


def keep(arguments: list[str]) -> int:
    """Run a command until it ends or the standard input is closed. Returns its exit status."""
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL)  # noqa: S603 - the parent's own command

    def wait_for_the_end() -> None:
        sys.stdin.read()
        process.terminate()

    Thread(target=wait_for_the_end, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))
