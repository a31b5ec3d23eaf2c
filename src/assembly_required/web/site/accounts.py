"""Pages to register, sign in and sign out.

Signing in starts a new session, so a session that an attacker planted before is worthless.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.hashing import BoundedHashing
from ...conduit.interfaces import Attempts, Store
from ...conduit.model import User
from ...conduit.users import authenticate, register
from ...stack.interfaces import Form, Forms, Login
from . import passwords
from .answering import answer, read_form
from .confirmation import ask_to_confirm
from .mailing import Letters
from .visitor import local


def add_pages(
    blueprint: Blueprint,
    store: Store,
    hashing: BoundedHashing,
    login: Login,
    forms: Forms,
    letters: Letters,
    attempts: Attempts,
) -> None:
    """Add the pages to the site."""

    @blueprint.get("/register")
    def show_register() -> ResponseReturnValue:
        return register_page(forms.form("Register"))

    @blueprint.post("/register")
    def register_visitor() -> ResponseReturnValue:
        form = forms.form("Register", read_form())

        def act() -> str:
            login.sign_in(create_account(form.load(), store, hashing, letters, attempts))
            return url_for("site.home")

        return answer(form, act, register_page)

    @blueprint.get("/login")
    def show_login() -> ResponseReturnValue:
        return login_page(forms.form("Login"))

    @blueprint.post("/login")
    def login_visitor() -> ResponseReturnValue:
        form = forms.form("Login", read_form())

        def act() -> str:
            loaded = form.load()
            login.sign_in(authenticate(loaded, store, hashing, attempts), loaded["remember"])
            return local(request.args.get("next")) or url_for("site.home")

        return answer(form, act, login_page)

    @blueprint.post("/logout")
    def logout() -> ResponseReturnValue:
        login.sign_out()
        return redirect(url_for("site.home"))


def create_account(
    new: dict[str, Any], store: Store, hashing: BoundedHashing, letters: Letters, attempts: Attempts
) -> User:
    """Create an account, if the password and the number of registrations allow it, and ask to confirm its address."""
    passwords.check(new["password"], new["username"], new["email"])
    attempts.count_registration()
    user = register(new, store, hashing)
    ask_to_confirm(letters, attempts, user)
    return user


def register_page(form: Form) -> str:
    return render_template("register.html", form=form)


def login_page(form: Form) -> str:
    return render_template("login.html", form=form)
