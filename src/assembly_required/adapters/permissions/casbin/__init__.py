"""``permissions = casbin``: a model and a policy, each in a file, and an engine that reads them.

*In Django* the nearest is ``django-rules``, or a backend of one's own.

*Here* ``model.conf`` says what a rule looks like and when it matches, in Casbin's own language; ``policy.csv`` has the
rules. They are read when the app starts, and the same two files would do for Casbin in Go or Java. The user comes with
his roles to each question, ``author`` among them where the thing is his: Casbin's own roles (``g``) would have to be
kept equal to the database in every process.

*What it costs*: three packages, and 30 µs a question. A typo in a policy is a rule that never matches.

*Next*: :mod:`assembly_required.adapters.login`.
"""

from functools import cached_property
from pathlib import Path

from casbin import Enforcer
from flask import Flask

from ....conduit.interfaces import Permissions, Store
from ....conduit.model import User

HERE = Path(__file__).parent

AUTHOR = "author"


class CasbinRights:
    """What one user may do.

    :param enforcer: the engine.
    :param store: where his grants are.
    :param user: the user.
    """

    def __init__(self, enforcer: Enforcer, store: Store, user: User) -> None:
        self._enforcer = enforcer
        self._store = store
        self._user = user

    def may(self, permission: str, owner: int | None = None) -> bool:
        if owner == self._user.id and self._enforcer.enforce(AUTHOR, permission):
            return True
        return any(self._enforcer.enforce(name, permission) for name in self._granted)

    @cached_property
    def _granted(self) -> list[str]:
        return [name for name in self._store.grants(self._user) if name != AUTHOR]


class CasbinPermissions:
    """Permissions by Casbin.

    :param enforcer: the engine.
    :param store: where the grants are.
    """

    def __init__(self, enforcer: Enforcer, store: Store) -> None:
        self._enforcer = enforcer
        self._store = store

    def of(self, user: User) -> CasbinRights:
        return CasbinRights(self._enforcer, self._store, user)


def build(app: Flask, store: Store) -> Permissions:
    """Permissions for the users in this store."""
    return CasbinPermissions(Enforcer(str(HERE / "model.conf"), str(HERE / "policy.csv")), store)
