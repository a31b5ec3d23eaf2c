"""Announce a changed email to the old address, and change it back by a mailed link.

Whoever took over an account may have changed its password too, and perhaps its email more than once. So the link works
until it is used or ``UNDO_DAYS`` have passed, whatever happened to the account. It ends all sessions and tokens and
replaces the password, and a new one can be chosen at once.
"""

import secrets
from contextlib import suppress
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...conduit.errors import Taken, TooManyAttempts
from ...conduit.interfaces import Attempts, Hashing, Store
from ...conduit.model import Account, User, now
from ...conduit.users import UNDO_DAYS
from . import recovery
from .links import NoAddress, Void, complete, link_to, seal, unseal
from .mailing import Letter, Letters

KIND = "undo email"
LETTER = "email_changed"


def add_pages(blueprint: Blueprint, store: Store, hashing: Hashing, letters: Letters) -> None:
    """Add the pages to the site."""
    letters.add(LETTER, partial(compose, store))

    def of_link(token: str) -> Account:
        """Return the account whose email the link changes back."""
        id, previous = unseal(KIND, token, hours=UNDO_DAYS * 24)
        account = store.account(id)
        if account is None or account.previous_email != previous or not is_kept(account):
            raise Void
        return account

    @blueprint.get("/email/undo/<token>")
    def show_undo(token: str) -> ResponseReturnValue:
        return render_template("undo_email.html", email=of_link(token).previous_email)

    @blueprint.post("/email/undo/<token>")
    def undo_email(token: str) -> ResponseReturnValue:
        account = of_link(token)
        password_hash = hashing.hash(secrets.token_urlsafe())
        restored = {
            "email": account.previous_email,
            "confirmed_email": account.previous_email,
            "password_hash": password_hash,
            "previous_email": None,
            "previous_email_until": None,
        }
        try:
            undone = store.edit_and_sign_out(account, restored)
        except Taken:
            return answer_taken(account, password_hash)
        if undone is None:
            raise Void
        recovered = store.account(account.user.id)
        if recovered is None:
            raise Void
        flash("Your email is changed back, and you are signed out everywhere. Choose a new password.")
        return redirect(url_for("site.show_new_password", token=recovery.seal_for(recovered)))

    def answer_taken(account: Account, password_hash: str) -> ResponseReturnValue:
        """Sign the account out, but leave its email: another account was given the address in the meantime."""
        store.edit_and_sign_out(account, {"password_hash": password_hash})
        return render_template("undo_email.html", email=account.previous_email, taken=True), Taken.status


def is_kept(account: Account) -> bool:
    """Whether the previous email can still be restored."""
    return account.previous_email_until is not None and account.previous_email_until > now()


class Announcements:
    """Announce a changed email: the interface :class:`~assembly_required.conduit.interfaces.Notices`.

    :param letters: the letters of the app.
    :param attempts: counts the letters to each address, apart from those that strangers can request.
    """

    def __init__(self, letters: Letters, attempts: Attempts) -> None:
        self._letters, self._attempts = letters, attempts

    def email_changed(self, account: Account, previous: str) -> None:
        """Mail the link to the previous address. If it is not the one that was left last, mail that one a warning.

        An address that was never confirmed gets no warning: it may be the address of somebody else.
        """
        try:
            link = link_to("site.show_undo")
        except NoAddress:  # it was logged, and the change must not fail because of it
            return
        user = account.user
        self._send(user, previous, link)
        if user.email != previous and user.email == account.confirmed_email:
            self._send(user, user.email, None)

    def _send(self, user: User, address: str, link: str | None) -> None:
        with suppress(TooManyAttempts):
            self._attempts.count_letter(f"{KIND} {address}")
            self._letters.send(LETTER, user_id=user.id, address=address, link=link)


def compose(store: Store, user_id: int, address: str, link: str | None) -> Letter | None:
    """Compose the letter to an address that a user had; ``None`` if they have left."""
    account = store.account(user_id)
    if account is None:
        return None
    undo = link and complete(link, seal(KIND, [user_id, address]))
    words = {"username": account.user.username, "days": UNDO_DAYS, "link": undo}
    return Letter(account.user, "The email of your account was changed", "mail/email_changed.txt", words, address)
