"""Registering, signing in, signing out.

*In Django* ``LoginView``, ``LogoutView`` and ``UserCreationForm``.

*Here* three forms. What they send goes through the same schemas as the API's, so a form says the same words for the
same mistake; a refused form comes back as it was filled in, without the password.

*What it costs*: the forms slot, which comes with the rest of the site, will know fields and widgets; until then the
templates write them.

*Next*: :mod:`assembly_required.firstrun`.
"""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ..conduit.errors import Refusal
from ..conduit.model import User
from ..conduit.users import authenticate, register
from ..interfaces import Hashing, Login, Store, Validation


def add_pages(blueprint: Blueprint, store: Store, hashing: Hashing, login: Login, validation: Validation) -> None:
    """Add the pages to the site."""
    load_new_user, load_login = validation.loader("NewUser"), validation.loader("Login")

    def enter(user: User) -> ResponseReturnValue:
        session.clear()
        login.sign_in(user)
        return redirect(url_for("site.home"))

    @blueprint.get("/register")
    def show_register() -> ResponseReturnValue:
        return render_template("register.html")

    @blueprint.post("/register")
    def register_visitor() -> ResponseReturnValue:
        try:
            return enter(register(load_new_user({"user": request.form.to_dict()}), store, hashing))
        except Refusal as refusal:
            return render_template("register.html", errors=refusal.errors), refusal.status

    @blueprint.get("/login")
    def show_login() -> ResponseReturnValue:
        return render_template("login.html")

    @blueprint.post("/login")
    def login_visitor() -> ResponseReturnValue:
        try:
            return enter(authenticate(load_login({"user": request.form.to_dict()}), store, hashing))
        except Refusal as refusal:
            return render_template("login.html", errors=refusal.errors), refusal.status

    @blueprint.post("/logout")
    def logout() -> ResponseReturnValue:
        login.sign_out()
        session.clear()
        return redirect(url_for("site.home"))
