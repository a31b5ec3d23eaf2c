"""The jobs that every library gets. Each writes into a file of its own what happens to it."""

import time
from pathlib import Path

FAILS, HANGS, LATER = "fails", "hangs", "later"
"""One that raises twice and then succeeds, one whose first attempt never ends, and one that succeeds at once."""

STARTED, DONE = "started", "done"

SUCCEEDS_AT = 3
"""The attempt at which ``FAILS`` succeeds."""


def run(job: str, folder: str) -> str:
    """Run a job once.

    :raises ValueError: the job is to fail.
    """
    note(job, folder, STARTED)
    attempt = read_notes(job, folder).count(STARTED)
    if job == FAILS and attempt < SUCCEEDS_AT:
        raise ValueError(f"attempt {attempt} failed")
    if job == HANGS and attempt == 1:
        time.sleep(3_600)
    note(job, folder, DONE)
    return DONE


def note(job: str, folder: str, word: str) -> None:
    """Add a line to the file of a job."""
    with Path(folder, job).open("a") as file:
        file.write(f"{word}\n")


def read_notes(job: str, folder: str) -> list[str]:
    """Return the lines of the file of a job."""
    file = Path(folder, job)
    return file.read_text().split() if file.exists() else []
