"""The forms of the admin, written with WTForms, which Flask-Admin is based on.

*In Django* the admin makes a ``ModelForm``. A password has a form of its own (``ReadOnlyPasswordHashField``).

*Here* Flask-Admin could make the forms from the models too (``scaffold_form``). They are written by hand, because staff
enters a password and not its hash, and a title and not its slug. ``SecureForm`` adds a CSRF token.

*What it costs*: a new column has to be added here too.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.views`.
"""

from flask_admin.form import SecureForm
from wtforms import EmailField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....conduit.names import normalize_username

REQUIRED = DataRequired(BLANK)
NEW_PASSWORD = Length(limits.PASSWORD_MIN, limits.PASSWORD, too_short(limits.PASSWORD_MIN))


def limit_length(maximum: int) -> Length:
    return Length(max=maximum, message=too_long(maximum))


def match_whole(pattern: str) -> Regexp:
    return Regexp(pattern.removesuffix("$") + r"\Z", message=INVALID)


LINE, TEXT = match_whole(limits.LINE_FORM), match_whole(limits.TEXT_FORM)


def normalized(name: str | None) -> str | None:
    """A filter: WTForms applies it to the value before the validators see it."""
    return name and normalize_username(name)


class EditUser(SecureForm):
    """Change an account. An empty password leaves the current one unchanged."""

    username = StringField(
        "Username",
        [REQUIRED, limit_length(limits.USERNAME), match_whole(limits.USERNAME_FORM)],
        filters=[normalized],
    )
    email = EmailField("Email", [REQUIRED, limit_length(limits.EMAIL), match_whole(limits.EMAIL_FORM)])
    password = PasswordField("New password", [Optional(), NEW_PASSWORD], render_kw={"autocomplete": "new-password"})
    bio = TextAreaField("Bio", [Optional(), limit_length(limits.BIO), TEXT])
    image = StringField("Image", [Optional(), limit_length(limits.IMAGE)])


class CreateUser(EditUser):
    """Create an account. The password is required."""

    password = PasswordField("Password", [REQUIRED, NEW_PASSWORD], render_kw={"autocomplete": "new-password"})


class EditArticle(SecureForm):
    """Change an article. A new title changes the slug."""

    title = StringField("Title", [REQUIRED, limit_length(limits.TITLE), LINE])
    description = StringField("Description", [REQUIRED, limit_length(limits.DESCRIPTION), LINE])
    body = TextAreaField("Text", [REQUIRED, limit_length(limits.BODY), TEXT], render_kw={"rows": 14})


class CreateArticle(EditArticle):
    """Create an article for any author."""

    author_name = StringField("Author's username", [REQUIRED])
