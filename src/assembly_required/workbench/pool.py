"""The apps of the workbench, one for each stack that was asked for, all on the same data."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

from flask import Flask

from ..factory import build_app
from ..stack.assembly import Choice, assembled, choose
from ..stack.settings import Settings

MOST = 12
"""Apps that are kept. The one that was not used for the longest time is closed."""

ORIGIN = "the workbench"

Key = tuple[str, ...]


class Pool:
    """Apps by the options of their slots.

    The app that ``wsgi.py`` created is not among them, because it must not be watched.

    :param settings: the settings of that app.
    :param prepare: called once with each new app.
    """

    def __init__(self, settings: Settings, prepare: Callable[[Flask], None]) -> None:
        self._settings, self._prepare = settings, prepare
        self._apps: OrderedDict[Key, Flask] = OrderedDict()
        self._keys: dict[frozenset[tuple[str, str]], Key] = {}
        self._lock = Lock()

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
        key = self._find_key(choices)
        with self._lock:
            if key not in self._apps:
                app = build_app(self.merge(choices))
                self._prepare(app)
                self._apps[key] = app
                self._close_oldest()
            self._apps.move_to_end(key)
            return self._apps[key]

    @property
    def apps(self) -> list[Flask]:
        """All apps, the one that was used last at the end."""
        with self._lock:
            return list(self._apps.values())

    def _find_key(self, choices: Mapping[str, str]) -> Key:
        """Find the key of a stack. To choose takes half a millisecond, which is too long for each request."""
        asked = frozenset(choices.items())
        if asked not in self._keys:
            stack = self.merge(choices).values["STACK"]
            self._keys[asked] = (stack, *(chosen.option.name for chosen in self.choose(choices).values()))
        return self._keys[asked]

    def _close_oldest(self) -> None:
        while len(self._apps) > MOST:
            _, app = self._apps.popitem(last=False)
            with app.app_context():
                assembled(app).store.disconnect()
