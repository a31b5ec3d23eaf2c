"""``forms = flask_wtf``: forms of WTForms, with the CSRF protection of Flask-WTF.

*In Django* ``forms.Form`` and ``CsrfViewMiddleware``. The design of WTForms follows ``django.forms``.

*Here* ``FlaskForm`` provides the fields, and ``CSRFProtect`` the token, which is signed and bound to the session. A
field renders itself when it is called: ``form.email(required=False)``. The site is part of an app with an API, so
``WTF_CSRF_CHECK_DEFAULT`` is off and the site calls ``csrf.protect()``, as the documentation describes. With
``WTF_CSRF_TIME_LIMIT = None`` a token is valid as long as the session.

*What it costs*: two packages. Over HTTPS, requests without a ``Referer`` are rejected, so the pages send
``Referrer-Policy: same-origin``. Most projects write ``if form.validate_on_submit():`` in a view for GET and POST, and
``{{ form.hidden_tag() }}`` in its template. The site has one view for each method, so the adapter calls ``validate``;
many of its forms have only a button and no ``FlaskForm``, so the templates call ``csrf_field()``.

*Next*: :mod:`assembly_required.adapters.forms.flask_wtf.definitions`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms import Field

from ....conduit.errors import Invalid
from ....stack.interfaces import Forms
from .definitions import FORMS


class Entry:
    """A field, as the templates use it.

    :param field: the field of WTForms.
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
        # With "required", browsers show their own messages. With "maxlength", they cut off a long text silently.
        wrong = {"aria-invalid": "true", "aria-describedby": f"{self.name}-errors"} if self._field.errors else {}
        return self._field(required=False, maxlength=False, minlength=False, **wrong)


class WTForm:
    """A form with values or submitted data.

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
    """Forms with Flask-WTF.

    :param csrf: the extension for CSRF protection.
    """

    def __init__(self, csrf: CSRFProtect) -> None:
        self._csrf = csrf

    def form(self, name: str, sent: MultiDict[str, str] | None = None, **values: Any) -> WTForm:
        return WTForm(FORMS[name](formdata=sent, data=values))

    def csrf_field(self) -> Markup:
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

    def protect(self) -> None:
        try:
            self._csrf.protect()
        except ValueError:  # raised by urlparse for a Referer such as https://[x, and not caught by Flask-WTF
            raise BadRequest("The referrer is not a valid address.") from None


def build(app: Flask) -> Forms:
    """Add CSRF protection to the app, and return its forms."""
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    if app.config["SECRET_KEY"]:
        # itsdangerous takes a list of keys, of which it signs with the last. Before the setup there is no key yet.
        keys = [*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.config["SECRET_KEY"]]
        app.config.setdefault("WTF_CSRF_SECRET_KEY", keys)
    return WTForms(CSRFProtect(app))
