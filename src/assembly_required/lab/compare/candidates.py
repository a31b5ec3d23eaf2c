"""The candidates to measure: stacks, baselines and the control.

A candidate is a module with a function ``build(database, secret_key, **options)`` that returns a WSGI app, and with
``token(secret_key, user_id)`` if it has its own kind of tokens.
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
    """An app to measure.

    :param name: the name in the report.
    :param module: the module with its function ``build``.
    :param options: more arguments for ``build``.
    :param answers: whether its responses must equal those of the others.
    :param needs: modules it imports that may not be installed.
    """

    name: str
    kind: Kind
    module: str
    options: Mapping[str, str] = field(default_factory=dict)
    answers: bool = True
    needs: tuple[str, ...] = ()

    def start(self, database: Path, secret_key: str, caller: int) -> "Running":
        """Build its app and issue a token for a user."""
        module = import_module(self.module)
        app = module.build(database, secret_key, **self.options)
        if isinstance(app, Flask) and "assembly_required" in app.extensions:
            with app.app_context():
                user = assembled(app).store.user(caller)
                assert user  # noqa: S101 - the database was made with them
                return Running(self, app, assembled(app).tokens.issue(user))
        return Running(self, app, getattr(module, "token", baselines.token)(secret_key, caller))


@dataclass(frozen=True)
class Running:
    """A candidate whose app is built.

    :param token: the token that the caller sends.
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
        ("fast by hand", "fast", ("msgspec",)),
        ("bare by hand", "bare", ()),
        ("the tutorial way", "tutorial", ()),
        ("rows to JSON", "lean", ()),
        ("WSGI by hand", "floor", ()),
        ("empty Flask", "empty", ()),
    )
)


def stack(name: str, choice: Mapping[str, str], settings: Settings) -> Candidate:
    """Return the candidate for a stack with these config keys.

    :raises StackError: the config keys are not a valid stack.
    """
    whole = {"STACK": str(KEYS["STACK"].default), **choice}
    asked = Settings(settings.root, settings.instance)
    asked.add(whole, "the command line")
    choose(asked)
    return Candidate(name, "stack", "assembly_required.lab.compare.stacked", {**whole, "root": str(settings.root)})


def control(reference: Candidate) -> Candidate:
    """Return the reference a second time. Differences as small as between the two are noise."""
    return replace(reference, name=f"{reference.name} again", kind="control")
