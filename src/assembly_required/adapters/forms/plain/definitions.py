"""The forms, as tables.

*In Django* classes: ``class LoginForm(forms.Form)``.

*Here* each form is a dict from the names of its fields to their kinds.

*What it costs*: an editor cannot complete the names of the fields.

*Next*: :mod:`assembly_required.adapters.forms.flask_wtf`.
"""

from ....conduit import limits
from .fields import Kind, LongText, Password, Tags, Text, Tick

FORMS: dict[str, dict[str, Kind]] = {
    "Register": {
        "username": Text(
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
        "username": Text(
            "Username", limits.USERNAME, form=limits.USERNAME_FORM, attributes={"autocomplete": "username"}
        ),
        "bio": LongText("About you", limits.BIO, blank=True, attributes={"rows": 5}),
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
        "title": Text("Title", limits.TITLE),
        "description": Text("Description", limits.DESCRIPTION),
        "body": LongText("Text", limits.BODY, attributes={"rows": 14}),
        "tags": Tags("Tags"),
    },
    "Comment": {
        "body": LongText("Your comment", limits.COMMENT, attributes={"rows": 3, "placeholder": "Write a comment..."}),
    },
}
