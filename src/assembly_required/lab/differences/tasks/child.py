"""The process of a library: it runs jobs, or it puts them into the queue as its standard input says.

For each line with the name of a job it prints the error, if there is one, and the seconds that it took, as JSON. A line
``ask`` prints what the library says about the first job.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from time import monotonic

from . import Ask

ASK = "ask"


def main(library: str, folder: str, does: str, asked: str, away: str) -> None:
    """Run jobs, or send them."""
    connected = import_module(f".{library}", __package__).connect(folder, asked == "asked", away == "away")
    if does == "work":
        connected.work()
        return
    asks: list[Ask] = []
    for line in sys.stdin:
        print(json.dumps(ask(asks[0]) if line.strip() == ASK else send(connected, line.strip(), asks)), flush=True)


def send(connected: Callable[[str], Ask], job: str, asks: list[Ask]) -> dict[str, object]:
    """Put a job into the queue."""
    start = monotonic()
    error = ""
    try:
        asks.append(connected(job))
    except Exception as raised:  # whatever the library raises is what the table shows
        error = describe(raised)
    return {"error": error, "seconds": monotonic() - start}


def ask(first: Ask) -> str:
    """Return what the library says about a job."""
    try:
        return str(first())
    except Exception as raised:
        return describe(raised)


def describe(error: Exception) -> str:
    """Return the first line of an error."""
    return f"{type(error).__name__}: {error}".partition("\n")[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
