"""Whether an address is its owner's.

*In Django* there is nothing of the kind; django-allauth has it, and for Flask Flask-Security.

*Here* a link is mailed when somebody registers, changes his address, or asks for one. It opens a page with a button:
programs that look into mail follow links, and must not confirm anything. An address counts as confirmed as long as it
is the one that was.

*What it costs*: nothing is forbidden to those who have not confirmed; that would be the blog's decision.

*Next*: :mod:`assembly_required.web.site.recovery`.
"""

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Store
from ...conduit.model import User
from ...stack.interfaces import Login, Mail
from .links import NoAddress, Void, after_response, link_to, seal, unseal, write
from .visitor import members_only

KIND = "confirm"


def add_pages(blueprint: Blueprint, store: Store, login: Login, mail: Mail) -> None:
    """Add the pages to the site."""

    def of_link(token: str) -> User:
        """Whose address the link would confirm."""
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
    @members_only(login)
    def send_confirmation(viewer: User) -> ResponseReturnValue:
        mail_link(mail, viewer)
        flash("A mail is on its way.")
        return redirect(url_for("site.show_settings"))


def ask_to_confirm(mail: Mail, user: User) -> None:
    """Mail a link, if that is possible: whoever registers is not held up by what the operator has not set."""
    with suppress(NoAddress):
        mail_link(mail, user)


def mail_link(mail: Mail, user: User) -> None:
    """Mail a link to the address that somebody says is his.

    :raises NoAddress: nobody has said where this site is reached.
    """
    link = link_to("site.show_confirmation")
    words = {"username": user.username, "link": link(seal(KIND, [user.id, user.email]))}
    after_response(lambda: write(mail, user.email, "Is this your address?", "mail/confirm_email.txt", **words))
