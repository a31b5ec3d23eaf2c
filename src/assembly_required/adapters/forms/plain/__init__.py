"""``forms = plain``: a form is a table of fields, and the CSRF token is a random text in the session.

*In Django* ``forms.Form`` and ``CsrfViewMiddleware``.

*Here* the same ideas without a library. The token is created once per session, repeated in a hidden field of every
form, and compared before a view changes anything. A field reads its value, validates it, and renders its element.

*What it costs*: no package, but HTML for each kind of field. Each page contains the token unchanged. If a server
compresses pages that also contain a visitor's input, an attacker can guess it (BREACH); the extensions mask it.

*Next*: :mod:`assembly_required.adapters.forms.plain.fields`.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, request, session
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from ....conduit.errors import Invalid
from ....stack.interfaces import Forms
from .definitions import FORMS
from .fields import Entry, Kind, Refused

TOKEN = "csrf_token"  # noqa: S105 - the name of the field, and of the key in the session


class PlainForm:
    """A form with values or submitted data.

    :param kinds: the kind of each field.
    :param sent: the submitted data; ``None`` if the form was not submitted.
    :param values: the initial values.
    """

    def __init__(self, kinds: Mapping[str, Kind], sent: MultiDict[str, str] | None, values: Mapping[str, Any]) -> None:
        self._kinds = kinds
        self.general: list[str] = []
        self.fields = {
            name: Entry(name, kind, kind.take(name, sent) if sent is not None else values.get(name))
            for name, kind in kinds.items()
        }

    def load(self) -> dict[str, Any]:
        loaded, errors = {}, {}
        for name, kind in self._kinds.items():
            try:
                loaded[name] = kind.clean(self.fields[name].value)
            except Refused as refused:
                errors[name] = refused.messages
        if errors:
            raise Invalid(errors)
        return loaded

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> None:
        for name, messages in errors.items():
            target = self.fields[name].errors if name in self.fields else self.general
            target.extend(messages)


class PlainForms:
    """Forms without a library."""

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> PlainForm:
        return PlainForm(FORMS[name], sent, values)

    def csrf_field(self) -> Markup:
        token = session.setdefault(TOKEN, secrets.token_urlsafe())
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token)

    def protect(self) -> None:
        expected, sent = session.get(TOKEN, ""), request.form.get(TOKEN, "")
        if not sent:
            raise BadRequest("The CSRF token is missing.")
        if not secrets.compare_digest(expected.encode(), sent.encode()):
            raise BadRequest("The CSRF token is not that of the session.")


def build(app: Flask) -> Forms:
    """Return the forms."""
    return PlainForms()
