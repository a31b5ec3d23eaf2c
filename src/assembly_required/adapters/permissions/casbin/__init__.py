"""``permissions = casbin``: Casbin's ``Enforcer`` with a model and a policy, each in a file.

*In Django* the nearest thing is the package ``django-rules``, or an authentication backend of your own.

*Here* ``model.conf`` defines what a request and a rule look like, and its matcher defines when they match.
``policy.csv`` contains the rules. Both are read when the app starts, and Casbin for Go or Java can read them too. Each
call of ``enforce`` asks about one role; ``author`` is a role of the user who owns the object. Casbin could store the
roles of users as well (``g`` in the policy), but every process would have to keep them equal to the database.

*What it costs*: three packages, and about 30 µs per call. A rule with a typo never matches, and no error is reported.

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

    :param enforcer: decides about one role at a time.
    :param store: where the user's grants are stored.
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
        # A grant can have any name. One with this name would make a user the author of everything.
        return [name for name in self._store.grants(self._user) if name != AUTHOR]


class CasbinPermissions:
    """Permissions from a Casbin policy.

    :param enforcer: decides about one role at a time.
    :param store: where the grants are stored.
    """

    def __init__(self, enforcer: Enforcer, store: Store) -> None:
        self._enforcer = enforcer
        self._store = store

    def of(self, user: User) -> CasbinRights:
        return CasbinRights(self._enforcer, self._store, user)


def build(app: Flask, store: Store) -> Permissions:
    """Load the model and the policy."""
    return CasbinPermissions(Enforcer(str(HERE / "model.conf"), str(HERE / "policy.csv")), store)
