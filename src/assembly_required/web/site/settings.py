"""The page on which users change their account.

It asks for a recent sign-in by password. A changed password ends all other sessions and all tokens of the API.
"""

from typing import Any

from flask import Blueprint, current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Attempts, Hashing, Notices, Permissions, Store
from ...conduit.model import User
from ...conduit.permissions import ENTER_ADMIN
from ...conduit.users import revise_account
from ...stack.interfaces import Form, Forms, Login
from . import passwords
from .answering import answer, read_form
from .confirmation import ask_to_confirm
from .mailing import Letters
from .visitor import send_to_sign_in

ADMIN = "admin.index"
"""The endpoint of the first page of the admin, if there is one."""


def add_pages(
    blueprint: Blueprint,
    store: Store,
    hashing: Hashing,
    permissions: Permissions,
    login: Login,
    forms: Forms,
    letters: Letters,
    notices: Notices,
    attempts: Attempts,
) -> None:
    """Add the page to the site."""

    def page(viewer: User, form: Form) -> str:
        account = store.account(viewer.id)
        confirmed = account is not None and account.confirmed_email == viewer.email
        has_admin = ADMIN in current_app.view_functions and permissions.of(viewer).may(ENTER_ADMIN)
        return render_template("settings.html", form=form, confirmed=confirmed, admin=has_admin and url_for(ADMIN))

    @blueprint.get("/settings")
    @login.required
    def show_settings(viewer: User) -> ResponseReturnValue:
        require_fresh_login(login)
        form = forms.form("Settings", image=viewer.image, username=viewer.username, bio=viewer.bio, email=viewer.email)
        return page(viewer, form)

    @blueprint.post("/settings")
    @login.required
    def change_settings(viewer: User) -> ResponseReturnValue:
        require_fresh_login(login)
        form = forms.form("Settings", read_form())

        def act() -> str:
            changes = read_changes(form)
            changed = revise_account(changes, store, hashing, viewer, notices)
            if "password" in changes:
                login.sign_in(changed)
            if changed.email != viewer.email:
                ask_to_confirm(letters, attempts, changed)
            flash("Saved.")
            return url_for("site.profile", username=changed.username)

        return answer(form, act, lambda form: page(viewer, form))


def read_changes(form: Form) -> dict[str, Any]:
    """Return the changes in the form; an empty password means no change."""
    changes = form.load()
    if changes["password"]:
        passwords.check(changes["password"], changes["username"], changes["email"])
    else:
        del changes["password"]
    return changes


def require_fresh_login(login: Login) -> None:
    """Ask for the password again if it was given too long ago, or before the browser was closed."""
    if not login.fresh():
        flash("Please enter your password again before you change your account.")
        send_to_sign_in()
