"""The forms, as tables.

*In Django* classes: ``class LoginForm(forms.Form)``.

*Here* each form is a dict from the names of its fields to their kinds.

*What it costs*: an editor cannot complete the names of the fields.

*Next*: :mod:`assembly_required.adapters.forms.flask_wtf`.
"""

from ....conduit import limits
from .fields import Kind, LongText, Password, Tags, Text, Tick, Username

FORMS: dict[str, dict[str, Kind]] = {
    "Register": {
        "username": Username(
            "Username", limits.USERNAME, form=limits.USERNAME_FORM, attributes={"autocomplete": "username"}
        ),
        "email": Text(
            "Email", limits.EMAIL, form=limits.EMAIL_FORM, attributes={"type": "email", "autocomplete": "email"}
        ),
        "password": Password(
            "Password", limits.PASSWORD, limits.PASSWORD_MIN, attributes={"autocomplete": "new-password"}
        ),
    },
    "Login": {
        "email": Text(
            "Email", limits.EMAIL, form=limits.EMAIL_FORM, attributes={"type": "email", "autocomplete": "username"}
        ),
        "password": Password("Password", limits.PASSWORD, attributes={"autocomplete": "current-password"}),
        "remember": Tick("Remember me on this device"),
    },
    "PasswordReset": {
        "email": Text(
            "Email", limits.EMAIL, form=limits.EMAIL_FORM, attributes={"type": "email", "autocomplete": "username"}
        ),
    },
    "NewPassword": {
        "password": Password(
            "New password", limits.PASSWORD, limits.PASSWORD_MIN, attributes={"autocomplete": "new-password"}
        ),
    },
    "Settings": {
        "image": Text(
            "Address of a picture", limits.IMAGE, blank=True, attributes={"inputmode": "url", "autocomplete": "photo"}
        ),
        "username": Username(
            "Username", limits.USERNAME, form=limits.USERNAME_FORM, attributes={"autocomplete": "username"}
        ),
        "bio": LongText("About you", limits.BIO, form=limits.TEXT_FORM, blank=True, attributes={"rows": 5}),
        "email": Text(
            "Email", limits.EMAIL, form=limits.EMAIL_FORM, attributes={"type": "email", "autocomplete": "email"}
        ),
        "password": Password(
            "New password, if you want one",
            limits.PASSWORD,
            limits.PASSWORD_MIN,
            blank=True,
            attributes={"autocomplete": "new-password"},
        ),
    },
    "Article": {
        "title": Text("Title", limits.TITLE, form=limits.LINE_FORM),
        "description": Text("Description", limits.DESCRIPTION, form=limits.LINE_FORM),
        "body": LongText("Text", limits.BODY, form=limits.TEXT_FORM, attributes={"rows": 14}),
        "tags": Tags("Tags"),
    },
    "Comment": {
        "body": LongText(
            "Your comment",
            limits.COMMENT,
            form=limits.TEXT_FORM,
            attributes={"rows": 3, "placeholder": "Write a comment..."},
        ),
    },
}
