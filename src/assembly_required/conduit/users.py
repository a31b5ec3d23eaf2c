"""Registering, signing in, and what one can change of oneself.

*In Django* this is ``django.contrib.auth``: ``create_user``, ``authenticate``, ``UserChangeForm``.

*Here* the use cases ``register``, ``authenticate`` and ``revise_account`` are shared by the API and the site; the
operations below them add a token, the site adds a session. Which hash and which token is for the slots to say.

*What it costs*: one has to know that an unknown email must take as long as a wrong password, and that a login is the
only chance to renew an old hash; Django's ``ModelBackend`` and ``check_password`` know it for you.

*Next*: :mod:`assembly_required.conduit.profiles`.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, Any

from .errors import Taken, WrongCredentials
from .model import SignedIn, User
from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Hashing, Store, Tokens

log = getLogger(__name__)


def register(new: dict[str, Any], store: Store, hashing: Hashing) -> User:
    """Make an account.

    The database is not asked beforehand whether the name is free: its constraint answers, also when two ask at once.

    :raises Taken: the name or the address belongs to somebody.
    """
    return store.add_user(new["username"], new["email"].lower(), hashing.hash(new["password"]))


def authenticate(login: dict[str, Any], store: Store, hashing: Hashing) -> User:
    """The user with this email and password. A hash that is outdated is made anew.

    :raises WrongCredentials: there is none. An unknown email costs one hash too, so that the time tells nothing.
    """
    email, password = login["email"].lower(), login["password"]
    found = store.login(email)
    if found is None:
        hashing.hash(password)
        raise WrongCredentials
    user, password_hash = found
    if not _verified(user, password_hash, password, hashing):
        raise WrongCredentials
    if hashing.outdated(password_hash):
        renewed = hashing.hash(password)
        if store.login(email) == found:  # hashing takes long: he may have changed his password meanwhile
            store.edit_user(user, {"password_hash": renewed})
    return user


def revise_account(changes: dict[str, Any], store: Store, hashing: Hashing, user: User) -> User:
    """Change an account; an empty bio or image is none.

    :raises Taken: the name or the address belongs to somebody else.
    """
    if "email" in changes:
        changes["email"] = changes["email"].lower()
    if "password" in changes:
        changes["password_hash"] = hashing.hash(changes.pop("password"))
    for field in {"bio", "image"} & changes.keys():
        changes[field] = changes[field] or None
    return store.edit_user(user, changes)


def _verified(user: User, password_hash: str, password: str, hashing: Hashing) -> bool:
    """A hash that cannot be read is the operator's business; the visitor sees, and waits for, a wrong password."""
    try:
        return hashing.verify(password_hash, password)
    except ValueError as error:
        log.error("User %s cannot sign in: %s", user.id, error)
        hashing.hash(password)
        return False


@operation("POST", "/users", tag="Users", caller="anyone", takes="NewUser", gives="User", status=201, raises=(Taken,))
def register_user(new: dict[str, Any], store: Store, hashing: Hashing, tokens: Tokens) -> dict[str, Any]:
    """Register a new user."""
    return {"user": _with_token(register(new, store, hashing), tokens)}


@operation(
    "POST", "/users/login", tag="Users", caller="anyone", takes="Login", gives="User", raises=(WrongCredentials,)
)
def login_user(login: dict[str, Any], store: Store, hashing: Hashing, tokens: Tokens) -> dict[str, Any]:
    """Sign in with email and password."""
    return {"user": _with_token(authenticate(login, store, hashing), tokens)}


@operation("GET", "/user", tag="Users", caller="user", gives="User")
def current_user(viewer: User, tokens: Tokens) -> dict[str, Any]:
    """Who the token belongs to."""
    return {"user": _with_token(viewer, tokens)}


@operation("PUT", "/user", tag="Users", caller="user", takes="UpdateUser", gives="User", raises=(Taken,))
def update_user(
    changes: dict[str, Any], store: Store, hashing: Hashing, tokens: Tokens, viewer: User
) -> dict[str, Any]:
    """Change one's own account; fields that are absent stay as they are."""
    return {"user": _with_token(revise_account(changes, store, hashing, viewer), tokens)}


def _with_token(user: User, tokens: Tokens) -> SignedIn:
    return SignedIn(user.id, user.username, user.email, user.bio, user.image, tokens.issue(user.id))
