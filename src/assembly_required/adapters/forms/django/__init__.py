"""``forms = django``: ``django.forms``, and Django's own middleware for the token.

*In Django* this is how it is done.

*Here* too. ``django.forms`` wants no request: it takes a dict of what was sent. The middleware wants one, so it gets
``WSGIRequest`` around the same environment, with Flask's session for its token (``CSRF_USE_SESSIONS``); REST framework
calls it in the same way, with ``_reject`` giving the reason instead of a page.

*What it costs*: Django, but neither its ORM nor ``django.setup()``. The settings are the process's: one that others
have configured for Django without ``CSRF_USE_SESSIONS`` refuses every form.

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
    """Django's middleware, which answers with the reason where it would answer with a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


CHECK = Check(lambda request: HttpResponse())


class Renderer(Jinja2):
    """Django's own templates of fields; by default it would look into the installed apps too, which are not set up."""

    @cached_property
    def engine(self) -> Any:
        folder = Path(renderers.__file__).with_name("jinja2")
        return self.backend({"NAME": "django.forms", "DIRS": [folder], "APP_DIRS": False, "OPTIONS": {}})


RENDERER = Renderer()


class Entry:
    """A field of Django as the templates ask for it.

    :param bound: the field, with the form that it is in.
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
    """One form.

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
    """Forms by Django."""

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> DjangoForm:
        data = None if sent is None else query_dict(sent)
        return DjangoForm(
            FORMS[name](data, initial=values, auto_id="%s", use_required_attribute=False, renderer=RENDERER)
        )

    def csrf_field(self) -> Markup:
        asked = _asked()
        token = get_token(asked)
        CHECK.process_response(asked, HttpResponse())
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token)

    def protect(self) -> None:
        if CHECK.process_view(_asked(), None, (), {}) is not None:  # type: ignore[arg-type]
            raise BadRequest


def _asked() -> Any:
    """This request, as Django's middleware sees it."""
    asked = django_request()
    CHECK.process_request(asked)
    return asked


def build(app: Flask) -> Forms:
    """Forms for this app."""
    return DjangoForms()
