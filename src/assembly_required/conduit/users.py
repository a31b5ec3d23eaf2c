"""Accounts: register, sign in and edit the account.

The API and the site share ``register``, ``authenticate`` and ``revise_account``; the API then adds a token, the site a
session.
"""

from __future__ import annotations

from datetime import timedelta
from logging import getLogger
from typing import TYPE_CHECKING, Any

from .errors import Invalid, Taken, Unauthorized, WrongCredentials
from .hashing import BoundedHashing
from .model import Account, SignedIn, User, now
from .operation import operation
from .permissions import ENTER_ADMIN

if TYPE_CHECKING:
    from .interfaces import Attempts, Hashing, Notices, Permissions, Store, Tokens

log = getLogger(__name__)

UNDO_DAYS = 7
"""The number of days for which a changed email can be changed back by a mailed link."""


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


def revise_account(
    changes: dict[str, Any],
    store: Store,
    hashing: Hashing,
    user: User,
    notices: Notices | None = None,
    keep_tokens: bool = False,
) -> User:
    """Change an account. An empty bio or image is stored as ``None``.

    A new password ends all sessions on the site and all tokens of the API.

    :param notices: announces a new email to the old one; ``None`` if staff change the account in the admin.
    :param keep_tokens: whether the tokens stay valid after a new password.
    :raises Taken: another user has the name or the email.
    :raises Invalid: another request has changed the email or the password in the meantime.
    """
    columns = _columns(changes, hashing)
    moves = columns.get("email", user.email) != user.email
    if not moves and "password_hash" not in columns:
        return store.edit_user(user, columns)
    account = store.account(user.id)
    if account is None:
        raise Unauthorized.invalid()
    kept = _keep_email(account) if moves else {}
    edited = _edit_account(account, columns | kept, store, keep_tokens)
    if moves and notices:
        notices.email_changed(account, kept["previous_email"])
    return edited


def _columns(changes: dict[str, Any], hashing: Hashing) -> dict[str, Any]:
    columns = {name: value for name, value in changes.items() if name != "password"}
    if "email" in columns:
        columns["email"] = columns["email"].lower()
    if "password" in changes:
        columns["password_hash"] = hashing.hash(changes["password"])
    for field in {"bio", "image"} & columns.keys():
        columns[field] = columns[field] or None
    return columns


def _keep_email(account: Account) -> dict[str, Any]:
    """Return the columns with the address that a link can restore.

    Of several changes within ``UNDO_DAYS`` the first address is kept. Otherwise somebody who has taken over an account
    could change the email twice, and the owner's link would be void.
    """
    if account.previous_email and account.previous_email_until and account.previous_email_until > now():
        return {"previous_email": account.previous_email}
    return {"previous_email": account.user.email, "previous_email_until": now() + timedelta(days=UNDO_DAYS)}


def _edit_account(account: Account, columns: dict[str, Any], store: Store, keep_tokens: bool) -> User:
    if "password_hash" not in columns:
        return store.edit_user(account.user, columns)
    if keep_tokens:
        edited = store.edit_user(account.user, columns)
        store.remove_sessions(account.user)
        return edited
    replaced = store.edit_and_sign_out(account, columns)
    if replaced is None:
        raise Invalid({"password": ["was changed by another request, so sign in again"]})
    return replaced


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


def find_staff(store: Store, permissions: Permissions) -> set[int]:
    """Return the ids of the users who may enter the admin."""
    users = map(store.user, store.users_with_grants())
    return {user.id for user in users if user and permissions.of(user).may(ENTER_ADMIN)}


def delete_account(store: Store, permissions: Permissions, user: User) -> None:
    """Delete an account with everything the user owns.

    :raises LastStaff: nobody else may enter the admin.
    """
    store.remove_user(user, find_staff(store, permissions))


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
    user = register(new, store, hashing)
    return {"user": _with_token(user, tokens.issue(user))}


@operation(
    "POST", "/users/login", tag="Users", caller="anyone", takes="Login", gives="User", raises=(WrongCredentials,)
)
def login_user(
    login: dict[str, Any], store: Store, hashing: BoundedHashing, tokens: Tokens, attempts: Attempts
) -> dict[str, Any]:
    """Sign in with email and password."""
    user = authenticate(login, store, hashing, attempts)
    return {"user": _with_token(user, tokens.issue(user))}


@operation("GET", "/user", tag="Users", caller="user", gives="User")
def current_user(viewer: User, token: str) -> dict[str, Any]:
    """Read your own account."""
    return {"user": _with_token(viewer, token)}


@operation("PUT", "/user", tag="Users", caller="user", takes="UpdateUser", gives="User", raises=(Taken,))
def update_user(
    changes: dict[str, Any], store: Store, hashing: Hashing, notices: Notices, viewer: User, token: str
) -> dict[str, Any]:
    """Change your own account. Absent fields are not changed."""
    return {"user": _with_token(revise_account(changes, store, hashing, viewer, notices, keep_tokens=True), token)}


def _with_token(user: User, token: str) -> SignedIn:
    return SignedIn(user.id, user.username, user.email, user.bio, user.image, user.token_generation, token)
