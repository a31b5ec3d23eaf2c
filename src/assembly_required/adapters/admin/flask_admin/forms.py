"""What staff fills in: WTForms, which Flask-Admin is built on.

*In Django* ``ModelForm``, made by the admin; a password has a form of its own (``ReadOnlyPasswordHashField``).

*Here* Flask-Admin would make them from the models as well. They are written out, because what is filled in is not what
is stored: a password and not its hash, a title and not its slug.

*What it costs*: a new column has to be added here too.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.views`.
"""

from flask_admin.form import SecureForm
from wtforms import EmailField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, too_long, too_short

FILLED = DataRequired(BLANK)
NEW_PASSWORD = Length(limits.PASSWORD_MIN, limits.PASSWORD, too_short(limits.PASSWORD_MIN))


def at_most(maximum: int) -> Length:
    return Length(max=maximum, message=too_long(maximum))


def whole(form: str) -> Regexp:
    return Regexp(form.removesuffix("$") + r"\Z", message=INVALID)


class EditUser(SecureForm):
    """An account; an empty password stays as it is."""

    username = StringField("Username", [FILLED, at_most(limits.USERNAME), whole(limits.USERNAME_FORM)])
    email = EmailField("Email", [FILLED, at_most(limits.EMAIL), whole(limits.EMAIL_FORM)])
    password = PasswordField("New password", [Optional(), NEW_PASSWORD], render_kw={"autocomplete": "new-password"})
    bio = TextAreaField("Bio", [Optional(), at_most(limits.BIO)])
    image = StringField("Image", [Optional(), at_most(limits.IMAGE)])


class CreateUser(EditUser):
    """A new account."""

    password = PasswordField("Password", [FILLED, NEW_PASSWORD], render_kw={"autocomplete": "new-password"})


class EditArticle(SecureForm):
    """An article; a new title gives it a new slug."""

    title = StringField("Title", [FILLED, at_most(limits.TITLE)])
    description = StringField("Description", [FILLED, at_most(limits.DESCRIPTION)])
    body = TextAreaField("Text", [FILLED, at_most(limits.BODY)], render_kw={"rows": 14})


class CreateArticle(EditArticle):
    """A new article, in the name of somebody."""

    author_name = StringField("Author's username", [FILLED, at_most(limits.USERNAME)])
