"""``forms = flask_wtf``: WTForms' classes, and the token by Flask-WTF.

*In Django* ``forms.Form`` and ``CsrfViewMiddleware``; WTForms was made after them.

*Here* ``FlaskForm`` for the fields and ``CSRFProtect`` for the token, which is signed, masked and bound to the session.
``WTF_CSRF_CHECK_DEFAULT`` is off and ``protect()`` is called by the site, as its documentation has it for an app that
is an API too. The token lasts as long as the session.

*What it costs*: two packages. Over HTTPS a request without a ``Referer`` is refused, so the pages say
``Referrer-Policy: same-origin``.

*Next*: :mod:`assembly_required.adapters.forms.flask_wtf.definitions`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field

from ....conduit.errors import Invalid
from ....stack.interfaces import Forms
from .definitions import FORMS


class Entry:
    """A field of WTForms as the templates ask for it.

    :param field: the field.
    """

    def __init__(self, field: Field) -> None:
        self._field = field
        self.name = field.short_name
        self.label = field.label.text

    @property
    def errors(self) -> list[str]:
        return [str(error) for error in self._field.errors]

    @property
    def value(self) -> Any:
        return self._field.data

    @property
    def control(self) -> Markup:
        # With "required" a browser would refuse in words of its own; with "maxlength" it cuts a text, and says nothing.
        wrong = {"aria-invalid": "true", "aria-describedby": f"{self.name}-errors"} if self._field.errors else {}
        return self._field(required=False, maxlength=False, minlength=False, **wrong)


class WTForm:
    """One form.

    :param form: the form of WTForms.
    """

    def __init__(self, form: FlaskForm) -> None:
        self._form = form
        self.general: list[str] = []
        self.fields = {name: Entry(field) for name, field in form._fields.items() if name != "csrf_token"}

    def load(self) -> dict[str, Any]:
        if not self._form.validate():
            errors = {name: entry.errors for name, entry in self.fields.items() if entry.errors}
            raise Invalid(errors)
        return {name: entry.value for name, entry in self.fields.items()}

    def refuse(self, errors: Mapping[str, Sequence[str]]) -> None:
        for name, messages in errors.items():
            if name in self.fields:
                self._form[name].errors = [*messages]
            else:
                self.general.extend(messages)


class WTForms:
    """Forms by Flask-WTF.

    :param csrf: its protection.
    """

    def __init__(self, csrf: CSRFProtect) -> None:
        self._csrf = csrf

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> WTForm:
        return WTForm(FORMS[name](formdata=sent, data=values))

    def csrf_field(self) -> Markup:
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

    def protect(self) -> None:
        self._csrf.protect()


def build(app: Flask) -> Forms:
    """Forms for this app."""
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    return WTForms(CSRFProtect(app))
