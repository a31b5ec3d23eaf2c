"""Confirm an email address by a mailed link.

The link opens a page with a button, because mail scanners follow links. Unconfirmed users may do everything.
"""

from contextlib import suppress
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...conduit.errors import TooManyAttempts
from ...conduit.interfaces import Attempts, Store
from ...conduit.model import User
from ...stack.interfaces import Login
from .links import NoAddress, Void, complete, link_to, seal, unseal
from .mailing import Letter, Letters

KIND = "confirm"
LETTER = "confirm_email"


def add_pages(blueprint: Blueprint, store: Store, login: Login, letters: Letters, attempts: Attempts) -> None:
    """Add the pages to the site."""
    letters.add(LETTER, partial(compose, store))

    def of_link(token: str) -> User:
        """Return the user whose address the link confirms."""
        id, address = unseal(KIND, token)
        account = store.account(id)
        if account is None or account.user.email != address or account.confirmed_email == address:
            raise Void
        return account.user

    @blueprint.get("/email/confirm/<token>")
    def show_confirmation(token: str) -> ResponseReturnValue:
        return render_template("confirm_email.html", email=of_link(token).email)

    @blueprint.post("/email/confirm/<token>")
    def confirm_email(token: str) -> ResponseReturnValue:
        user = of_link(token)
        store.edit_user(user, {"confirmed_email": user.email})
        flash("Your address is confirmed.")
        return redirect(url_for("site.home"))

    @blueprint.post("/email/confirm")
    @login.required
    def send_confirmation(viewer: User) -> ResponseReturnValue:
        mail_link(letters, attempts, viewer)
        flash("A mail is on its way.")
        return redirect(url_for("site.show_settings"))


def ask_to_confirm(letters: Letters, attempts: Attempts, user: User) -> None:
    """Mail a link, unless that is not possible: the account was already saved."""
    with suppress(NoAddress, TooManyAttempts):
        mail_link(letters, attempts, user)


def mail_link(letters: Letters, attempts: Attempts, user: User) -> None:
    """Mail a confirmation link to the user's address.

    :raises NoAddress: SITE_URL is not set.
    :raises TooManyAttempts: the user or the address got too many letters.
    """
    link = link_to("site.show_confirmation")
    attempts.count_letter(str(user.id), user.email)
    letters.send(LETTER, user_id=user.id, link=link)


def compose(store: Store, user_id: int, link: str) -> Letter | None:
    """Compose the letter to the present address of a user; ``None`` if they have left or have confirmed it."""
    account = store.account(user_id)
    if account is None or account.confirmed_email == account.user.email:
        return None
    user = account.user
    words = {"username": user.username, "link": complete(link, seal(KIND, [user.id, user.email]))}
    return Letter(user, "Is this your address?", "mail/confirm_email.txt", words)
