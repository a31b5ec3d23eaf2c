"""Run a command, and end it when the program that started it is gone: ``python -m assembly_required.workbench.keeper``.

The other program holds the standard input open. The system closes it, however that program ends.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from threading import Thread


def keep(arguments: list[str]) -> int:
    """Run a command until it ends or the standard input is closed. Returns its exit status.

    Its temporary files are in a folder that is removed at the end, even if it could not remove them itself.
    """
    with TemporaryDirectory(prefix="assembly_required_", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(  # noqa: S603 - the parent's own command
            arguments, stdin=subprocess.DEVNULL, env={**os.environ, "TMPDIR": folder}
        )

        def wait_for_the_end() -> None:
            sys.stdin.read()
            process.terminate()

        Thread(target=wait_for_the_end, daemon=True).start()
        return process.wait()


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))
