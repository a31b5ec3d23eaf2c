"""What is measured: stacks, peers, baselines and the control. Each runs in a process of its own.

A stack and a baseline have a function ``build(database=..., secret_key=..., ...)`` that returns a WSGI app. The app of
a peer is in a module, and finds its database through the environment.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Literal

from ...stack.assembly import choose
from ...stack.settings import KEYS, Settings
from ...stack.stacks import STACKS
from ..peers import PEERS

Kind = Literal["stack", "choice", "peer", "baseline", "control"]

TUNED = {"orm": "sqlalchemy_core"}
"""Options that are written for speed, not as most people would write them. The report says so beside the name."""


@dataclass(frozen=True)
class Candidate:
    """An app to measure.

    :param name: the name in the report.
    :param app: where the app is, or the function that builds it: ``module:attribute``.
    :param options: arguments of that function; ``None`` if it is the app itself.
    :param interface: ``wsgi`` or ``asgi``.
    :param answers: whether its responses must equal those of the others.
    :param needs: modules it imports that may not be installed.
    :param choice: the option of each slot.
    :param tuned: whether it was written for speed.
    :param timed: whether its requests are timed. If not, only its start, memory and packages are measured.
    :param peer: the name of the peer that it is.
    :param by_hand: whether it is written for these measurements only, with SQL for SQLite.
    :param environment: environment variables of its process.
    """

    name: str
    kind: Kind
    app: str
    options: Mapping[str, str] | None = field(default_factory=dict)
    interface: Literal["wsgi", "asgi"] = "wsgi"
    answers: bool = True
    needs: tuple[str, ...] = ()
    choice: Mapping[str, str] | None = None
    tuned: bool = False
    timed: bool = True
    peer: str | None = None
    by_hand: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def module(self) -> str:
        """The module of its app."""
        return self.app.partition(":")[0]

    @property
    def label(self) -> str:
        """Its name, and whether it is tuned."""
        return f"{self.name} (tuned)" if self.tuned else self.name

    def missing(self) -> list[str]:
        """List the modules that are not installed."""
        return [name for name in self.needs if find_spec(name) is None]


BASELINES = tuple(
    Candidate(
        name,
        "baseline",
        f"assembly_required.lab.compare.baselines.{module}:build",
        answers=module != "empty",
        needs=needs,
        tuned=module == "fast",
        by_hand=True,
    )
    for name, module, needs in (
        ("classic by hand", "classic", ()),
        ("typed by hand", "typed", ("pydantic", "spectree", "flask_jwt_extended")),
        ("light by hand", "light", ("peewee", "msgspec")),
        ("fast by hand", "fast", ("msgspec",)),
        ("bare by hand", "bare", ()),
        ("the tutorial way", "tutorial", ()),
        ("rows to JSON", "lean", ()),
        ("WSGI by hand", "floor", ()),
        ("empty Flask", "empty", ()),
    )
)

PEER_APPS = {
    "django": Candidate(
        "peer=django",
        "peer",
        "conduit_django.wsgi:application",
        None,
        environment={
            "DJANGO_SETTINGS_MODULE": "conduit_django.settings.production",
            "ALLOWED_HOSTS": "localhost",
            "SECURE_SSL_REDIRECT": "false",  # the requests do not come from a proxy that ends TLS
        },
    ),
    "fastapi": Candidate("peer=fastapi", "peer", "conduit_fastapi.main:app", None, "asgi"),
    "fastapi_async": Candidate("peer=fastapi_async", "peer", "conduit_fastapi_async.main:app", None, "asgi"),
}
"""The peers as they run in production."""


def stack(name: str, choice: Mapping[str, str], settings: Settings) -> Candidate:
    """Return the candidate for a stack with these config keys.

    :raises StackError: the config keys are not a valid stack.
    """
    whole = {"STACK": str(KEYS["STACK"].default), **choice}
    asked = Settings(settings.root, settings.instance)
    asked.add(whole, "the command line")
    chosen = {slot: each.option.name for slot, each in choose(asked).items()}
    return Candidate(
        name,
        "stack" if name in STACKS else "choice",
        "assembly_required.lab.compare.stacked:build",
        {**whole, "root": str(settings.root)},
        choice=chosen,
        tuned=any(chosen[slot] == option for slot, option in TUNED.items()),
    )


def peer(name: str) -> Candidate:
    """Return the candidate for a peer."""
    found = PEERS[name]
    paths = [str(found.path), *filter(None, [found.environment.get("PYTHONPATH")])]
    environment = {**PEER_APPS[name].environment, "PYTHONPATH": os.pathsep.join(paths)}
    return replace(PEER_APPS[name], needs=found.modules, peer=name, environment=environment)


def control(reference: Candidate) -> Candidate:
    """Return the reference a second time. Differences as small as between the two are noise."""
    return replace(reference, name=f"{reference.name} again", kind="control")
