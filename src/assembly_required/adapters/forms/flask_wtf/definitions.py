"""The forms, as classes of WTForms.

*In Django* subclasses of ``forms.Form``, with nearly the same field names.

*Here* a field has a list of validators. Each is a function, or an object that can be called with the form and the
field. ``DataRequired`` and ``Optional`` can stop the chain. ``render_kw`` adds attributes to the input element.

*What it costs*: each validator takes its own message, so :func:`at_most` and :func:`at_least` pass the one that
this blog uses with every option.

*Next*: :mod:`assembly_required.adapters.forms.django`.
"""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    PasswordField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, is_tag, storable, too_long, too_short
from ....conduit.names import normalize_username

FILLED = DataRequired(BLANK)


def at_most(maximum: int) -> Length:
    return Length(max=maximum, message=too_long(maximum))


def at_least(minimum: int) -> Length:
    return Length(min=minimum, message=too_short(minimum))


def can_be_stored(form: BaseForm, field: Field) -> None:
    if not storable(field.data):
        raise StopValidation(INVALID)


class Whole:
    """The whole text must match. ``wtforms.validators.Regexp`` matches only from the beginning.

    :param form: a regular expression.
    """

    def __init__(self, form: str) -> None:
        self._form = re.compile(form)

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not self._form.fullmatch(field.data):
            raise ValidationError(INVALID)


ONE_LINE, MANY_LINES = Whole(limits.LINE_FORM), Whole(limits.TEXT_FORM)

NAME = [FILLED, can_be_stored, at_most(limits.USERNAME), Whole(limits.USERNAME_FORM)]
EMAIL = [FILLED, can_be_stored, at_most(limits.EMAIL), Whole(limits.EMAIL_FORM)]
PASSWORD = [can_be_stored, at_most(limits.PASSWORD), at_least(limits.PASSWORD_MIN)]


def normalized(name: str | None) -> str | None:
    """A filter: WTForms applies it to the value before the validators see it."""
    return name and normalize_username(name)


class UsernameField(StringField):
    """The name of an account."""

    def __init__(self, label: str = "Username", **options: Any) -> None:
        super().__init__(label, NAME, filters=[normalized], render_kw={"autocomplete": "username"}, **options)


class Register(FlaskForm):
    """Create an account."""

    username = UsernameField()
    email = EmailField("Email", EMAIL, render_kw={"autocomplete": "email"})
    password = PasswordField("Password", [FILLED, *PASSWORD], render_kw={"autocomplete": "new-password"})


class Login(FlaskForm):
    """Sign in."""

    email = EmailField("Email", EMAIL, render_kw={"autocomplete": "username"})
    password = PasswordField(
        "Password",
        [FILLED, can_be_stored, at_most(limits.PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField("Remember me on this device")


class PasswordReset(FlaskForm):
    """Request a link to choose a new password."""

    email = EmailField("Email", EMAIL, render_kw={"autocomplete": "username"})


class NewPassword(FlaskForm):
    """Choose a new password."""

    password = PasswordField("New password", [FILLED, *PASSWORD], render_kw={"autocomplete": "new-password"})


class Settings(FlaskForm):
    """Change the account."""

    image = StringField(
        "Address of a picture",
        [Optional(), can_be_stored, at_most(limits.IMAGE)],
        render_kw={"inputmode": "url", "autocomplete": "photo"},
    )
    username = UsernameField()
    bio = TextAreaField(
        "About you", [Optional(), can_be_stored, at_most(limits.BIO), MANY_LINES], render_kw={"rows": 5}
    )
    email = EmailField("Email", EMAIL, render_kw={"autocomplete": "email"})
    password = PasswordField(
        "New password, if you want one", [Optional(), *PASSWORD], render_kw={"autocomplete": "new-password"}
    )


class TagsField(SelectMultipleField):
    """Any number of tags, each a hidden field of the same name."""

    def pre_validate(self, form: BaseForm) -> None:
        tags = self.data or []
        if len(tags) > limits.TAGS or not all(map(is_tag, tags)):
            raise ValidationError(limits.TAGS_WRONG)


class Article(FlaskForm):
    """Write or edit an article."""

    title = StringField("Title", [FILLED, can_be_stored, at_most(limits.TITLE), ONE_LINE])
    description = StringField("Description", [FILLED, can_be_stored, at_most(limits.DESCRIPTION), ONE_LINE])
    body = TextAreaField("Text", [FILLED, can_be_stored, at_most(limits.BODY), MANY_LINES], render_kw={"rows": 14})
    tags = TagsField("Tags", choices=[], validate_choice=False)


class Comment(FlaskForm):
    """Comment on an article."""

    body = TextAreaField(
        "Your comment",
        [FILLED, can_be_stored, at_most(limits.COMMENT), MANY_LINES],
        render_kw={"rows": 3, "placeholder": "Write a comment..."},
    )


FORMS: dict[str, Any] = {
    form.__name__: form for form in (Register, Login, PasswordReset, NewPassword, Settings, Article, Comment)
}
