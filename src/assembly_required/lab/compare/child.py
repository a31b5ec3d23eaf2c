"""The program of a new process: import a candidate, build it, send it requests and report its memory.

It is run as a file with one JSON object as its argument. It writes a line after the first response, which the parent
process times, and a line with the memory in MiB after the last. For a baseline, the package is replaced by an empty
one, so that the baseline does not import the application.
"""

import json
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

PACKAGE = "assembly_required"


def stub_package() -> None:
    """Register the package without running its ``__init__``."""
    spec = find_spec(PACKAGE)
    package = ModuleType(PACKAGE)
    package.__path__ = list(spec.submodule_search_locations or []) if spec else []
    sys.modules[PACKAGE] = package


def read_memory() -> float | None:
    """Return the memory of this process in MiB, or ``None`` on systems without ``/proc``."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def main(asked: str) -> None:
    """Run the task given as JSON."""
    task = json.loads(asked)
    if task["hollow"]:
        stub_package()
    wsgi = import_module(f"{PACKAGE}.lab.compare.wsgi")
    app = import_module(task["module"]).build(Path(task["database"]), task["secret_key"], **task["options"])
    wsgi.call(app, wsgi.Prepared("GET", "/api/tags").environ())
    sys.stdout.write("answered\n")
    sys.stdout.flush()
    requests = [wsgi.Prepared(*each) for each in task["requests"]]
    for number in range(task["times"]):
        wsgi.call(app, requests[number % len(requests)].environ())
    sys.stdout.write(f"{json.dumps(read_memory())}\n")


if __name__ == "__main__":
    main(sys.argv[1])
