"""The last requests of each browser."""

from collections import OrderedDict, deque
from threading import Lock

from .recorder import Recording

REQUESTS = 50
"""Requests that are kept of one browser."""

BROWSERS = 20
"""Browsers whose requests are kept."""


class History:
    """The last recordings of each browser."""

    def __init__(self) -> None:
        self._browsers: OrderedDict[str, deque[Recording]] = OrderedDict()
        self._lock = Lock()

    def add(self, browser: str, recording: Recording) -> None:
        """Keep a recording, and drop the oldest one if there are too many."""
        with self._lock:
            self._browsers.setdefault(browser, deque(maxlen=REQUESTS)).append(recording)
            self._browsers.move_to_end(browser)
            while len(self._browsers) > BROWSERS:
                self._browsers.popitem(last=False)

    def clear(self, browser: str) -> None:
        """Drop the recordings of a browser."""
        with self._lock:
            self._browsers.pop(browser, None)

    def list(self, browser: str) -> list[Recording]:
        """Return the recordings of a browser, the newest first."""
        with self._lock:
            return list(reversed(self._browsers.get(browser, ())))

    def find(self, browser: str, id: str) -> Recording | None:
        """Return a recording of a browser. Another browser cannot see it."""
        return next((each for each in self.list(browser) if each.id == id), None)
