"""Accounts: register, sign in and edit the account.

The API and the site share ``register``, ``authenticate`` and ``revise_account``; the API then adds a token, the site a
session.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, Any

from .errors import Taken, WrongCredentials
from .hashing import BoundedHashing
from .model import Account, SignedIn, User
from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Attempts, Hashing, Store, Tokens

log = getLogger(__name__)


def register(new: dict[str, Any], store: Store, hashing: Hashing) -> User:
    """Create an account.

    The unique constraints of the database decide whether name and email are free, so two requests at the same time
    cannot both get them.

    :raises Taken: another user has the name or the email.
    """
    return store.add_user(new["username"], new["email"].lower(), hashing.hash(new["password"]))


def authenticate(login: dict[str, Any], store: Store, hashing: BoundedHashing, attempts: Attempts) -> User:
    """Return the user with this email and password, and replace an outdated hash.

    The account is looked up only when it is the turn of this login, so that one that waits holds no connection to the
    database.

    :raises TooManyAttempts: too many logins have failed.
    :raises WrongCredentials: there is no such user, or the password is wrong.
    :raises Busy: too many passwords are being checked.
    """
    email, password = login["email"].lower(), login["password"]
    attempts.check_login(email)
    with hashing.turn() as adapter:
        account = _find_verified(email, password, store, adapter)
        if account and adapter.outdated(account.password_hash):
            _renew_hash(account, password, store, adapter)
    if account is None:
        attempts.count_failed_login(email)
        raise WrongCredentials
    attempts.check_login(email)  # many guesses at the same time all pass the first check
    return account.user


def revise_account(changes: dict[str, Any], store: Store, hashing: Hashing, user: User) -> User:
    """Change an account. An empty bio or image is stored as ``None``.

    :raises Taken: another user has the name or the email.
    """
    if "email" in changes:
        changes["email"] = changes["email"].lower()
    if "password" in changes:
        changes["password_hash"] = hashing.hash(changes.pop("password"))
    for field in {"bio", "image"} & changes.keys():
        changes[field] = changes[field] or None
    return store.edit_user(user, changes)


def _find_verified(email: str, password: str, store: Store, hashing: Hashing) -> Account | None:
    """Return the account with this email and password.

    If there is none, one hash is computed in every case, so that the response time does not tell which emails exist.
    """
    account = store.find_account(email)
    if account is None:
        hashing.hash(password)
        return None
    return account if _verify(account.user, account.password_hash, password, hashing) else None


def _renew_hash(account: Account, password: str, store: Store, hashing: Hashing) -> None:
    renewed = hashing.hash(password)
    # Hashing is slow: they may have changed their password in the meantime.
    if store.find_account(account.user.email) == account:
        store.edit_user(account.user, {"password_hash": renewed})


def _verify(user: User, password_hash: str, password: str, hashing: Hashing) -> bool:
    """Verify a password. A hash that cannot be read is logged, and is treated like a wrong password."""
    try:
        return hashing.verify(password_hash, password)
    except ValueError as error:
        log.error("User %s cannot sign in: %s", user.id, error)
        hashing.hash(password)
        return False


@operation("POST", "/users", tag="Users", caller="anyone", takes="NewUser", gives="User", status=201, raises=(Taken,))
def register_user(
    new: dict[str, Any], store: Store, hashing: Hashing, tokens: Tokens, attempts: Attempts
) -> dict[str, Any]:
    """Register a new user."""
    attempts.count_registration()
    return {"user": _with_token(register(new, store, hashing), tokens)}


@operation(
    "POST", "/users/login", tag="Users", caller="anyone", takes="Login", gives="User", raises=(WrongCredentials,)
)
def login_user(
    login: dict[str, Any], store: Store, hashing: BoundedHashing, tokens: Tokens, attempts: Attempts
) -> dict[str, Any]:
    """Sign in with email and password."""
    return {"user": _with_token(authenticate(login, store, hashing, attempts), tokens)}


@operation("GET", "/user", tag="Users", caller="user", gives="User")
def current_user(viewer: User, tokens: Tokens) -> dict[str, Any]:
    """Read your own account."""
    return {"user": _with_token(viewer, tokens)}


@operation("PUT", "/user", tag="Users", caller="user", takes="UpdateUser", gives="User", raises=(Taken,))
def update_user(
    changes: dict[str, Any], store: Store, hashing: Hashing, tokens: Tokens, viewer: User
) -> dict[str, Any]:
    """Change your own account. Absent fields are not changed."""
    return {"user": _with_token(revise_account(changes, store, hashing, viewer), tokens)}


def _with_token(user: User, tokens: Tokens) -> SignedIn:
    return SignedIn(user.id, user.username, user.email, user.bio, user.image, tokens.issue(user.id))
