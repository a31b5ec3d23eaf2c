"""The apps of the workbench, one for each stack that was asked for, all on the same data."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from flask import Flask

from ..factory import build_app
from ..reader.parsing import ONE_AT_A_TIME
from ..stack.assembly import Choice, assembled, choose
from ..stack.settings import Settings

MOST = 12
"""Apps that are kept. The one that was not used for the longest time is closed."""

ORIGIN = "the workbench"

Key = tuple[str, ...]


@dataclass(eq=False)
class Kept:
    """An app, and the number of requests that it is answering. At the end of a ``with``, there is one less."""

    app: Flask
    pool: "Pool"
    requests: int = 0

    def __enter__(self) -> Flask:
        return self.app

    def __exit__(self, *error: object) -> None:
        self.pool.take_back(self)


class Pool:
    """Apps by the options of their slots.

    The app that ``wsgi.py`` created is not among them, because it must not be watched.

    :param settings: the settings of that app.
    :param prepare: called once with each new app.
    """

    def __init__(self, settings: Settings, prepare: Callable[[Flask], None]) -> None:
        self._settings, self._prepare = settings, prepare
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._removed: list[Kept] = []
        self._keys: dict[frozenset[tuple[str, str]], Key] = {}
        self._lock, self._building = Lock(), Lock()

    def merge(self, choices: Mapping[str, str]) -> Settings:
        """Return the settings of the app with other choices above them.

        :param choices: config keys of slots, or ``STACK``, and their values.
        """
        merged = replace(self._settings, values=dict(self._settings.values), origins=dict(self._settings.origins))
        merged.add(choices, ORIGIN)
        return merged

    def choose(self, choices: Mapping[str, str]) -> Choice:
        """Choose the option of every slot.

        :raises StackError: the options do not fit together, or are not installed.
        """
        return choose(self.merge(choices))

    def get(self, choices: Mapping[str, str]) -> Flask:
        """Return the app of a stack. It is built when it is first asked for.

        :raises ConfigError: the stack is not possible.
        """
        return self._take(choices, 0).app

    def lend(self, choices: Mapping[str, str]) -> Kept:
        """Return the app of a stack for one ``with``. It is not closed before that has ended.

        :raises ConfigError: the stack is not possible.
        """
        return self._take(choices, 1)

    def take_back(self, kept: Kept) -> None:
        """Note that a request has been answered."""
        with self._lock:
            kept.requests -= 1
        self._close_removed()

    @property
    def apps(self) -> list[Flask]:
        """All apps, the one that was used last at the end."""
        with self._lock:
            return [kept.app for kept in self._kept.values()]

    def close(self) -> None:
        """Close the connections of all apps. None may be answering a request."""
        with self._lock:
            self._removed += self._kept.values()
            self._kept.clear()
        self._close_removed()

    def _take(self, choices: Mapping[str, str], requests: int) -> Kept:
        key = self._find_key(choices)
        if kept := self._find(key, requests):
            return kept
        with self._building:  # one at a time, while the other apps go on answering
            if kept := self._find(key, requests):
                return kept
            with ONE_AT_A_TIME:
                app = build_app(self.merge(choices))
            self._prepare(app)
            kept = Kept(app, self, requests)
            with self._lock:
                self._kept[key] = kept
                if len(self._kept) > MOST:
                    self._removed.append(self._kept.popitem(last=False)[1])
        self._close_removed()
        return kept

    def _find(self, key: Key, requests: int) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept:
                kept.requests += requests
                self._kept.move_to_end(key)
            return kept

    def _find_key(self, choices: Mapping[str, str]) -> Key:
        """Find the key of a stack. To choose takes half a millisecond, which is too long for each request."""
        asked = frozenset(choices.items())
        if asked not in self._keys:
            stack = self.merge(choices).values["STACK"]
            self._keys[asked] = (stack, *(chosen.option.name for chosen in self.choose(choices).values()))
        return self._keys[asked]

    def _close_removed(self) -> None:
        """Close the connections of the apps that were removed and have no requests left."""
        if not self._removed:
            return
        with self._lock:
            unused = [kept for kept in self._removed if not kept.requests]
            self._removed = [kept for kept in self._removed if kept.requests]
        for kept in unused:
            with kept.app.app_context():
                assembled(kept.app).store.disconnect()
