"""huey as its guide shows it, with an SQLite file.

Source: https://huey.readthedocs.io/en/latest/guide.html
"""

from pathlib import Path
from shutil import rmtree
from typing import Any

from huey import SqliteHuey

from . import Ask
from .jobs import run

OFFERS = "retries=2"


class Connected:
    """A queue and its task.

    :param asked: whether to use what huey offers for jobs that fail.
    :param away: whether to remove the folder of the queue before jobs are sent.
    """

    def __init__(self, folder: str, asked: bool, away: bool) -> None:
        place = Path(folder, "queue")
        place.mkdir(exist_ok=True)
        self._huey: Any = SqliteHuey(filename=str(place / "queue.sqlite3"))
        if away:
            self._huey.storage.close()
            rmtree(place)
        self._folder = folder
        options = {"retries": 2} if asked else {}
        self._task = self._huey.task(name="run", **options)(run)

    def __call__(self, job: str) -> Ask:
        result = self._task(job, self._folder)
        return lambda: result.get() or "nothing yet"

    def work(self) -> None:
        """Run jobs until this process is killed."""
        self._huey.create_consumer(workers=1, initial_delay=0.1).run()


connect = Connected
