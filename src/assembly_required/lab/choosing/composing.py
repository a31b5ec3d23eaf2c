"""Compose the Flask stack of a decision, and the lines and commands that choose it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...reader.figures import NoFigure, find_figure
from ...stack.assembly import fits
from ...stack.slots import SLOTS, Slot
from ...stack.stacks import STACKS
from ..serve.waiting.ways import WAYS
from .deciding import Decision

DATABASE_URLS = {"postgresql": "postgresql:///conduit"}
CONNECTIONS = {"few": 16, "hundreds": 256, "thousand": 1_000}
"""How many connections in the results stand for a choice of the question ``waiting``."""

SERVER = ("--worker-class gthread --threads 8", ("gunicorn",))
"""The arguments of gunicorn for a site that does not wait, and the packages that it needs."""


@dataclass(frozen=True)
class Stack:
    """A Flask stack.

    :param base: the named stack that is nearest.
    :param changes: the options that differ from it, by slot.
    :param settings: the URL of the database, by its config key, unless it is SQLite.
    :param extras: the extras of this project to install.
    :param server: the command that starts its server.
    :param server_packages: what the server needs.
    """

    options: Mapping[str, str]
    base: str
    changes: Mapping[str, str]
    settings: Mapping[str, str]
    extras: list[str]
    server: str
    server_packages: tuple[str, ...]

    @property
    def config(self) -> list[str]:
        """The lines for ``instance/config.toml``."""
        slots = {SLOTS[slot].key: option for slot, option in self.changes.items()}
        return [f'{key} = "{value}"' for key, value in {"STACK": self.base, **slots, **self.settings}.items()]

    @property
    def choice(self) -> str:
        """Its options, as ``flask stack set`` takes them."""
        return " ".join([f"stack={self.base}", *(f"{slot}={option}" for slot, option in self.changes.items())])

    @property
    def commands(self) -> list[str]:
        """The commands that install it, set it up and start its server."""
        install = f"pip install -e '.[{','.join(self.extras)}]'" if self.extras else "pip install -e ."
        database = [f"createdb {url.rpartition('/')[2]}" for url in self.settings.values()]
        variables = "".join(f"FLASK_{key}={value} " for key, value in self.settings.items())
        return [
            install,
            *database,
            f"flask stack set {self.choice}",
            f"{variables}flask setup",
            f"pip install {' '.join(self.server_packages)}",
            f"{variables}{self.server}",
        ]


def compose(decision: Decision, results: Mapping[str, Any]) -> Stack:
    """Compose a stack: in each slot the option with the most points that fits; without points, the default."""
    options: dict[str, str] = {}
    for slot in sorted(SLOTS.values(), key=lambda slot: -max(weigh_options(slot, decision).values())):
        weights = weigh_options(slot, decision)
        order = sorted(weights, key=lambda name: -weights[name])
        options[slot.name] = next(name for name in order if fits({**options, slot.name: name}))
    base = min(STACKS, key=lambda stack: len(find_differences(options, stack)))
    changes = find_differences(options, base)
    database = decision.answers["database"]
    url = DATABASE_URLS.get(database)
    arguments, packages = find_server(decision.answers["waiting"], results)
    return Stack(
        options,
        base,
        changes,
        {"DATABASE_URL": url} if url else {},
        list_extras(base, changes, database),
        f"gunicorn {arguments} wsgi:app",
        packages,
    )


def weigh_options(slot: Slot, decision: Decision) -> dict[str, int]:
    """Add up the points of every option of a slot."""
    return {name: decision.add_points(f"{slot.name}={name}") for name in slot.names}


def find_differences(options: Mapping[str, str], stack: str) -> dict[str, str]:
    """Find the options that differ from a named stack, in the order of the slots."""
    named = {name: STACKS[stack].get(name, slot.names[0]) for name, slot in SLOTS.items()}
    return {name: options[name] for name in SLOTS if options[name] != named[name]}


def list_extras(base: str, changes: Mapping[str, str], database: str) -> list[str]:
    """List the extras that install a stack. What the stacks ``classic`` and ``bare`` need is always installed."""
    chosen = [SLOTS[slot].option(option) for slot, option in changes.items()]
    extras = [base] if base not in ("classic", "bare") else []
    extras += [option.extra for option in chosen if option.modules]
    return [*dict.fromkeys(extras), *(["postgresql"] if database == "postgresql" else [])]


def find_server(waiting: str, results: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Find the arguments of gunicorn that answered most requests while they waited, and the packages it needs."""
    try:
        name = find_figure(results, f"waiting/Flask*/{CONNECTIONS[waiting]}/way")
    except (KeyError, NoFigure):
        return SERVER
    way = next((way for way in WAYS if way.name == name), None)
    if way is None:
        return SERVER
    arguments = way.command[way.command.index("--worker-class") :]
    return arguments, tuple(module for module in way.modules if module in ("gunicorn", "gevent"))
