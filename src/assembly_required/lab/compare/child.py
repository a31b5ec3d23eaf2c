"""The program of a fresh process: import, build, answer, and say what that took.

*In Django* every management command starts like this, with ``django.setup()``.

*Here* it is run as a file, with one JSON object as its argument. It writes a line as soon as the first answer is there,
whose arrival is what the process that started it looks at, and a line with its memory after the last.

*What it costs*: whoever imports one module of a package imports the package, and ours imports its factory. A baseline
shall not pay for that: for it, the package is replaced by an empty one with the same modules.

*Next*: :mod:`assembly_required.lab.compare.run`.
"""

import json
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

PACKAGE = "assembly_required"


def hollow() -> None:
    """Stand for the package without running its ``__init__``."""
    spec = find_spec(PACKAGE)
    package = ModuleType(PACKAGE)
    package.__path__ = list(spec.submodule_search_locations or []) if spec else []
    sys.modules[PACKAGE] = package


def resident() -> float | None:
    """The memory of this process in MiB, where the system says it in Linux's way."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def main(asked: str) -> None:
    """Do what is asked."""
    task = json.loads(asked)
    if task["hollow"]:
        hollow()
    wsgi = import_module(f"{PACKAGE}.compare.wsgi")
    app = import_module(task["module"]).build(Path(task["database"]), task["secret_key"], **task["options"])
    wsgi.call(app, wsgi.Prepared("GET", "/api/tags").environ())
    sys.stdout.write("answered\n")
    sys.stdout.flush()
    requests = [wsgi.Prepared(*each) for each in task["requests"]]
    for number in range(task["times"]):
        wsgi.call(app, requests[number % len(requests)].environ())
    sys.stdout.write(f"{json.dumps(resident())}\n")


if __name__ == "__main__":
    main(sys.argv[1])
