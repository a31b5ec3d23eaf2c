"""What is measured: stacks, the baselines written by hand, and the control.

*In Django* there would be one candidate.

*Here* a candidate is a module with a function ``build(database, secret_key, **options)`` that returns a WSGI app, and
with one ``token(secret_key, user_id)`` where its tokens are not the usual ones, so that a stack, a file by hand and a
peer on another framework are measured in the same way, in this process and in a fresh one.

*What it costs*: each builds its whole app, twice for the reference.

*Next*: :mod:`assembly_required.lab.compare.statements`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Literal

from flask import Flask

from ...stack.assembly import assembled, choose
from ...stack.settings import KEYS, Settings
from . import baselines
from .wsgi import WSGIApp

Kind = Literal["stack", "baseline", "control"]


@dataclass(frozen=True)
class Candidate:
    """Something to measure.

    :param name: for the report.
    :param module: where its function ``build`` is.
    :param options: what ``build`` takes beside the database and the key.
    :param answers: whether its bodies have to be those of the others.
    :param needs: the modules that it imports and that may not be installed.
    """

    name: str
    kind: Kind
    module: str
    options: Mapping[str, str] = field(default_factory=dict)
    answers: bool = True
    needs: tuple[str, ...] = ()

    def start(self, database: Path, secret_key: str, caller: int) -> "Running":
        """Its app, and a token for a user."""
        module = import_module(self.module)
        app = module.build(database, secret_key, **self.options)
        if isinstance(app, Flask) and "assembly_required" in app.extensions:
            with app.app_context():
                return Running(self, app, assembled(app).tokens.issue(caller))
        return Running(self, app, getattr(module, "token", baselines.token)(secret_key, caller))


@dataclass(frozen=True)
class Running:
    """A candidate at work.

    :param token: what the caller sends along.
    """

    candidate: Candidate
    app: WSGIApp
    token: str


BASELINES = tuple(
    Candidate(
        name, "baseline", f"assembly_required.lab.compare.baselines.{module}", answers=module != "empty", needs=needs
    )
    for name, module, needs in (
        ("classic by hand", "classic", ()),
        ("typed by hand", "typed", ("pydantic", "spectree", "flask_jwt_extended")),
        ("light by hand", "light", ("peewee", "msgspec")),
        ("bare by hand", "bare", ()),
        ("the tutorial way", "tutorial", ()),
        ("rows to JSON", "lean", ()),
        ("WSGI by hand", "floor", ()),
        ("empty Flask", "empty", ()),
    )
)


def stack(name: str, choice: Mapping[str, str], settings: Settings) -> Candidate:
    """The stack of these config keys.

    :raises StackError: the choice does not make a stack.
    """
    whole = {"STACK": str(KEYS["STACK"].default), **choice}
    asked = Settings(settings.root, settings.instance)
    asked.add(whole, "the command line")
    choose(asked)
    return Candidate(name, "stack", "assembly_required.lab.compare.stacked", {**whole, "root": str(settings.root)})


def control(reference: Candidate) -> Candidate:
    """The same app a second time: how far it seems to be from itself is how little such a difference means."""
    return replace(reference, name=f"{reference.name} again", kind="control")
