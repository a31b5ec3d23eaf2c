"""Pages to register, sign in and sign out.

Signing in starts a new session, so a session that an attacker planted before is worthless.
"""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Hashing, Store
from ...conduit.model import User
from ...conduit.users import authenticate, register
from ...stack.interfaces import Form, Forms, Login
from . import passwords
from .answering import answer, read_form
from .confirmation import ask_to_confirm
from .mailing import Letters
from .visitor import local


def add_pages(
    blueprint: Blueprint, store: Store, hashing: Hashing, login: Login, forms: Forms, letters: Letters
) -> None:
    """Add the pages to the site."""

    @blueprint.get("/register")
    def show_register() -> ResponseReturnValue:
        return register_page(forms.form("Register"))

    @blueprint.post("/register")
    def register_visitor() -> ResponseReturnValue:
        form = forms.form("Register", read_form())

        def act() -> str:
            new = form.load()
            passwords.check(new["password"], new["username"], new["email"])
            user = register(new, store, hashing)
            enter(login, user)
            ask_to_confirm(letters, user)
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
            enter(login, authenticate(loaded, store, hashing), loaded["remember"])
            return local(request.args.get("next")) or url_for("site.home")

        return answer(form, act, login_page)

    @blueprint.post("/logout")
    def logout() -> ResponseReturnValue:
        session.clear()
        login.sign_out()
        return redirect(url_for("site.home"))


def register_page(form: Form) -> str:
    return render_template("register.html", form=form)


def login_page(form: Form) -> str:
    return render_template("login.html", form=form)


def enter(login: Login, user: User, remember: bool = False) -> None:
    """Sign in, with a new session."""
    session.clear()
    login.sign_in(user, remember)
