"""``admin = django``: Django's own admin, inside Flask.

*In Django* ``path("admin/", admin.site.urls)``, and the rest is in ``INSTALLED_APPS`` and ``MIDDLEWARE``.

*Here* a Flask view hands the request on: Django resolves the path below ``/admin/``, calls its view, and the response
comes back the same way. Users, sessions and messages are this application's; the CSRF token lies in Flask's session, as
with ``forms = django``. None of ``contrib.auth``, ``contenttypes``, ``sessions`` is installed: what the admin wants of
them is little, and written out below.

*What it costs*: Django, with its ORM. What the admin does with ``LogEntry`` and ``ContentType`` is overridden, and a
new version may do it elsewhere.

*Next*: :mod:`assembly_required.adapters.admin.django.parts`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.urls import resolve
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
from ....conduit.model import User
from ....conduit.permissions import ENTER_ADMIN
from ....stack.interfaces import Login
from ...shared.djangorequest import django_request
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
    """A user as the admin wants to see one: with every permission, since he may enter.

    :param user: ours.
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
        """Whether to offer Django's page for changing it; the site has one."""
        return False


class Flashed:
    """Django's messages, kept by Flask's ``flash``."""

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        flash(str(message), str(level))

    def __iter__(self) -> Iterator[Message]:
        flashed: Any = get_flashed_messages(with_categories=True)
        for category, text in flashed:
            yield Message(int(category) if category.isdecimal() else 20, text)


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """The pages below ``/admin/``."""
    app.extensions[EXTENSION] = Parts(store, hashing, login)

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
            return redirect(url_for("site.show_login", next=request.full_path.rstrip("?")))
        return answered(viewer)


def answered(viewer: User) -> Response:
    """What Django answers to this request."""
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
    return translated(answer)


def translated(answer: HttpResponse) -> Response:
    """Django's response as one of Flask's."""
    if hasattr(answer, "render"):
        answer = answer.render()
    if answer.status_code == 403:  # the page of Django's CSRF middleware
        abort(400)
    response = Response(answer.content, answer.status_code)
    response.headers.update(answer.headers)
    response.headers.update(HEADERS)
    return response
