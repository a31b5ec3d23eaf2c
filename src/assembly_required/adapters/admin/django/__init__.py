"""``admin = django``: Django's admin inside Flask.

*In Django* the URL configuration has ``path("admin/", admin.site.urls)``; ``INSTALLED_APPS`` and ``MIDDLEWARE`` do the
rest.

*Here* a Flask view passes the request to Django. Django resolves the path below ``/admin/`` and calls its view; the
response is converted back. Users, sessions and messages are those of the Flask app. The CSRF token is in Flask's
session, as with ``forms = django``. ``contrib.auth``, ``contenttypes`` and ``sessions`` are not installed; the small
classes below provide the attributes that the admin uses.

*What it costs*: Django and its ORM. The methods that use ``LogEntry`` and ``ContentType`` are overridden, and a new
version of Django may use these models in other places.

*Next*: :mod:`assembly_required.adapters.admin.django.parts`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.urls import resolve, set_script_prefix
from flask import (
    Flask,
    Response,
    abort,
    flash,
    get_flashed_messages,
    redirect,
    request,
    send_from_directory,
    url_for,
)
from flask.typing import ResponseReturnValue

from ....conduit.interfaces import Hashing, Permissions, Store
from ....conduit.limits import storable
from ....conduit.model import User
from ....conduit.permissions import ENTER_ADMIN
from ....stack.interfaces import Login
from ....web.site.visitor import here
from ...shared.django_request import django_request
from .parts import EXTENSION, Parts

STATIC = Path(admin.__file__).parent / "static" / "admin"

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Source: https://www.w3.org/TR/CSP3/"""


class StaffUser:
    """The user object that the admin expects. It has every permission: Flask checks who may enter.

    :param user: the user of the blog.
    """

    is_active = is_staff = is_authenticated = True
    is_anonymous = False

    def __init__(self, user: User) -> None:
        self.user, self.pk = user, user.id

    def get_username(self) -> str:
        return self.user.username

    get_short_name = get_username

    def has_perm(self, permission: str, thing: object = None) -> bool:
        return True

    def has_module_perms(self, label: str) -> bool:
        return True

    def has_usable_password(self) -> bool:
        """Hide Django's link to its password page; the blog has its own."""
        return False


class Flashed:
    """A storage for ``django.contrib.messages`` that uses Flask's ``flash``."""

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        flash(str(message), str(level))

    def __iter__(self) -> Iterator[Message]:
        flashed: Any = get_flashed_messages(with_categories=True)
        for category, text in flashed:
            yield Message(int(category) if category.isdecimal() else 20, text)


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """Add the routes below ``/admin/``."""
    app.extensions[EXTENSION] = Parts(store, hashing, permissions, login)

    @app.get("/admin/static/admin/<path:filename>", endpoint="admin.static")
    def static(filename: str) -> ResponseReturnValue:
        return send_from_directory(STATIC, filename)

    @app.route("/admin/", methods=["GET", "POST"], endpoint="admin.index")
    @app.route("/admin/<path:path>", methods=["GET", "POST"], endpoint="admin.page")
    def page(path: str = "") -> ResponseReturnValue:
        viewer = login.viewer()
        may_enter = viewer is not None and permissions.of(viewer).may(ENTER_ADMIN)
        if viewer and not may_enter:
            abort(403)
        if not viewer or not login.fresh():
            return redirect(url_for("site.show_login", next=here()))
        if not all(storable(value) for _, value in request.args.items(multi=True)):
            abort(400)  # PostgreSQL cannot compare a text with NUL
        return dispatch(viewer)


def dispatch(viewer: User) -> Response:
    """Call the Django view for the current request."""
    set_script_prefix(f"{request.script_root}/")  # for reverse(), as Django's WSGIHandler does
    asked = django_request()
    asked.user, asked._messages = StaffUser(viewer), Flashed()
    try:
        asked.resolver_match = match = resolve(asked.path_info)
        answer = match.func(asked, *match.args, **match.kwargs)
    except Http404:
        abort(404)
    except PermissionDenied:
        abort(403)
    except SuspiciousOperation:
        abort(400)
    return convert_response(answer)


def convert_response(answer: HttpResponse) -> Response:
    """Convert a Django response to a Flask response."""
    if hasattr(answer, "render"):
        answer = answer.render()
    if answer.status_code == 403:  # Django's CSRF middleware refused the form
        abort(400)
    response = Response(answer.content, answer.status_code)
    response.headers.update(answer.headers)
    response.headers.update(HEADERS)
    return response
