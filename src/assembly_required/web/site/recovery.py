"""Reset a forgotten password by a mailed link.

The response is the same whether or not the address is known: the account is looked up by the task that sends the
letter. A link becomes invalid when the email or the password changes. The new password ends all sessions and all tokens
of the API.
"""

from functools import partial

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Attempts, Hashing, Store
from ...conduit.model import Account
from ...stack.interfaces import Form, Forms
from ..fingerprint import fingerprint, matches
from . import passwords
from .answering import answer, read_form
from .links import Void, complete, link_to, seal, unseal
from .mailing import Letter, Letters

KIND = "password"
LETTER = "password_reset"


def add_pages(
    blueprint: Blueprint, store: Store, hashing: Hashing, forms: Forms, letters: Letters, attempts: Attempts
) -> None:
    """Add the pages to the site."""
    letters.add(LETTER, partial(compose, store))

    @blueprint.get("/password/reset")
    def show_password_reset() -> ResponseReturnValue:
        return reset_page(forms.form("PasswordReset"))

    @blueprint.post("/password/reset")
    def ask_for_link() -> ResponseReturnValue:
        form = forms.form("PasswordReset", read_form())

        def act() -> str:
            address = form.load()["email"].lower()
            attempts.count_letter(address)
            letters.send(LETTER, address=address, link=link_to("site.show_new_password"))
            return url_for("site.show_link_sent")

        return answer(form, act, reset_page)

    @blueprint.get("/password/reset/sent")
    def show_link_sent() -> ResponseReturnValue:
        return render_template("password_reset_sent.html")

    @blueprint.get("/password/reset/<token>")
    def show_new_password(token: str) -> ResponseReturnValue:
        of_link(store, token)
        return new_password_page(forms.form("NewPassword"))

    @blueprint.post("/password/reset/<token>")
    def change_password(token: str) -> ResponseReturnValue:
        account = of_link(store, token)
        user = account.user
        form = forms.form("NewPassword", read_form())

        def act() -> str:
            password = form.load()["password"]
            passwords.check(password, user.username, user.email)
            if store.edit_and_sign_out(account, {"password_hash": hashing.hash(password)}) is None:
                raise Void
            flash("Your password is changed. Sign in with it.")
            return url_for("site.show_login")

        return answer(form, act, new_password_page)


def compose(store: Store, address: str, link: str) -> Letter | None:
    """Compose the letter to the account with this address; ``None`` if there is no such account."""
    account = store.find_account(address)
    if account is None:
        return None
    words = {"username": account.user.username, "link": complete(link, seal_for(account))}
    return Letter(account.user, "A new password for Conduit", "mail/password_reset.txt", words)


def of_link(store: Store, token: str) -> Account:
    """Return the account whose password the link may change.

    :raises Void: the link is not valid.
    """
    id, marked = unseal(KIND, token)
    account = store.account(id)
    if account is None or not matches(marked, _state(account)):
        raise Void
    return account


def seal_for(account: Account) -> str:
    """Return a token with which the password of an account can be changed once."""
    return seal(KIND, [account.user.id, fingerprint(_state(account))])


def _state(account: Account) -> str:
    return f"{account.user.email} {account.password_hash}"


def reset_page(form: Form) -> str:
    return render_template("password_reset.html", form=form)


def new_password_page(form: Form) -> str:
    return render_template("password_new.html", form=form)
