"""``permissions = plain``: a dict from groups to permissions.

*In Django* ``ModelBackend`` collects the permissions of a user and of their groups into one set, once per request.

*Here* the same. Each grant of a user is looked up in the table of groups. A grant that is not the name of a group is
a single permission.

*What it costs*: no package. A rule that depends on more than the author, such as office hours, would be an ``if``.

*Next*: :mod:`assembly_required.adapters.permissions.casbin`.
"""

from functools import cached_property

from flask import Flask

from ...conduit.interfaces import Permissions, Store
from ...conduit.model import User
from ...conduit.permissions import DELETE_ARTICLE, DELETE_COMMENT, EDIT_ARTICLE, ENTER_ADMIN, MODERATORS, STAFF

OF_AUTHORS = {EDIT_ARTICLE, DELETE_ARTICLE, DELETE_COMMENT}
OF_GROUPS = {
    MODERATORS: {DELETE_ARTICLE, DELETE_COMMENT},
    STAFF: {ENTER_ADMIN},
}


class PlainRights:
    """What one user may do.

    :param store: where the user's grants are stored.
    :param user: the user.
    """

    def __init__(self, store: Store, user: User) -> None:
        self._store = store
        self._user = user

    def may(self, permission: str, owner: int | None = None) -> bool:
        return (owner == self._user.id and permission in OF_AUTHORS) or permission in self._granted

    @cached_property
    def _granted(self) -> set[str]:
        return set().union(*(OF_GROUPS.get(name, {name}) for name in self._store.grants(self._user)))


class PlainPermissions:
    """Permissions from the table of groups above.

    :param store: where the grants are stored.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, user: User) -> PlainRights:
        return PlainRights(self._store, user)


def build(app: Flask, store: Store) -> Permissions:
    """Return the permissions of the users in this store."""
    return PlainPermissions(store)
