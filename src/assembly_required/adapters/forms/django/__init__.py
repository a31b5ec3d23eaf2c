"""``forms = django``: ``django.forms`` and Django's CSRF middleware.

*In Django* a view calls ``form.is_valid()`` and reads ``form.cleaned_data``; the middleware checks the token.

*Here* the forms work the same way. ``django.forms`` needs no request, only a dict of the submitted data. The middleware
needs one, so the adapter creates a ``WSGIRequest`` from the same WSGI environment, and stores the token in Flask's
session (``CSRF_USE_SESSIONS``). As in Django REST framework, ``_reject`` returns the reason instead of a page.

*What it costs*: Django as a package, without its ORM and ``django.setup()``. Django's settings apply to the whole
process: if other code has configured them without ``CSRF_USE_SESSIONS``, every form is rejected.

*Next*: :mod:`assembly_required.adapters.forms.django.definitions`.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms
from django.forms import renderers
from django.forms.renderers import Jinja2
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from flask import Flask
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from ....conduit.errors import Invalid
from ....stack.interfaces import Forms
from ...shared.django_request import django_request, query_dict
from .definitions import FORMS

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field


class Check(CsrfViewMiddleware):
    """Django's middleware, but a rejection returns the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


CHECK = Check(lambda request: HttpResponse())


class Renderer(Jinja2):
    """Render with Django's own templates only: the default also searches the installed apps, which are not set up."""

    @cached_property
    def engine(self) -> Any:
        folder = Path(renderers.__file__).with_name("jinja2")
        return self.backend({"NAME": "django.forms", "DIRS": [folder], "APP_DIRS": False, "OPTIONS": {}})


RENDERER = Renderer()


class Entry:
    """A field, as the templates use it.

    :param bound: the field of Django, bound to its form.
    """

    def __init__(self, bound: forms.BoundField) -> None:
        self._bound = bound
        self.name = bound.html_name
        self.label = str(bound.label)

    @property
    def errors(self) -> list[str]:
        return [str(error) for error in self._bound.errors]

    @property
    def value(self) -> Any:
        return self._bound.value()

    @property
    def control(self) -> Markup:
        wrong: dict[str, str | bool] = {"aria-invalid": "true", "aria-describedby": f"{self.name}-errors"}
        return Markup(self._bound.as_widget(attrs=wrong if self._bound.errors else {}))  # noqa: S704 - rendered by Django, which escapes


class DjangoForm:
    """A form with values or submitted data.

    :param form: the form of Django.
    """

    def __init__(self, form: forms.Form) -> None:
        self._form = form
        self.fields = {name: Entry(form[name]) for name in form.fields}
        self.general: list[str] = []

    def load(self) -> dict[str, Any]:
        if not self._form.is_valid():
            raise Invalid({name: entry.errors for name, entry in self.fields.items() if entry.errors})
        return self._form.cleaned_data

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> None:
        for name, messages in errors.items():
            if name not in self.fields:
                self.general.extend(messages)
            else:
                self._form.errors.pop(name, None)
                self._form.add_error(name, [*messages])


class DjangoForms:
    """Forms with ``django.forms``."""

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> DjangoForm:
        data = None if sent is None else query_dict(sent)
        return DjangoForm(
            FORMS[name](data, initial=values, auto_id="%s", use_required_attribute=False, renderer=RENDERER)
        )

    def csrf_field(self) -> Markup:
        request = _csrf_request()
        token = get_token(request)
        CHECK.process_response(request, HttpResponse())
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token)

    def protect(self) -> None:
        reason = CHECK.process_view(_csrf_request(), None, (), {})  # type: ignore[arg-type]
        if reason is not None:
            raise BadRequest(str(reason))


def _csrf_request() -> Any:
    """Return this request as a Django request, with the CSRF token of the session."""
    request = django_request()
    CHECK.process_request(request)
    return request


def build(app: Flask) -> Forms:
    """Return the forms."""
    return DjangoForms()
