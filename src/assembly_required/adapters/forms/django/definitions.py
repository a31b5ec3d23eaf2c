"""The forms, as Django's classes.

*In Django* the same, but for the words: each field gets the contract's, by the code of the error.

*Here* ``strip=False``, as the API keeps a text as it was sent; what is nothing but white space still counts as empty.

*What it costs*: nothing is translated, because these words are part of the contract.

*Next*: :mod:`assembly_required.adapters.validation`.
"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, storable, too_long, too_short


class Text(forms.CharField):
    """A text in the contract's words.

    :param maximum: how many characters it may have at most.
    :param minimum: and at least.
    :param form: a regular expression for the whole of it.
    :param attributes: further attributes of the element.
    """

    def __init__(
        self,
        label: str,
        maximum: int,
        minimum: int | None = None,
        form: str | None = None,
        *,
        required: bool = True,
        widget: type[forms.Widget] = forms.TextInput,
        **attributes: Any,
    ) -> None:
        words = {"required": BLANK, "max_length": too_long(maximum), "null_characters_not_allowed": INVALID}
        super().__init__(
            label=label,
            max_length=maximum,
            min_length=minimum,
            required=required,
            strip=False,
            validators=[RegexValidator(form.removesuffix("$") + r"\Z", INVALID)] if form else [],
            error_messages={**words, "min_length": too_short(minimum or 0)},
            widget=widget(attrs=attributes),
        )

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if text.strip() and not storable(text):
            raise forms.ValidationError(INVALID)
        return text if text.strip() else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without ``maxlength``: a browser would cut a text that is too long, and say nothing."""
        return {}


class Tags(forms.MultipleChoiceField):
    """Any number of tags, each a hidden field of the same name."""

    widget = forms.MultipleHiddenInput

    def validate(self, value: list[str]) -> None:
        wrong = any(not tag.strip() or len(tag) > limits.TAG or not storable(tag) for tag in value)
        if wrong or len(value) > limits.TAGS:
            raise forms.ValidationError(limits.TAGS_WRONG)


class Register(forms.Form):
    """To make an account."""

    username = Text("Username", limits.USERNAME, form=limits.USERNAME_FORM, autocomplete="username")
    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="email")
    password = Text(
        "Password", limits.PASSWORD, limits.PASSWORD_MIN, widget=forms.PasswordInput, autocomplete="new-password"
    )


class Login(forms.Form):
    """To sign in."""

    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="username")
    password = Text("Password", limits.PASSWORD, widget=forms.PasswordInput, autocomplete="current-password")
    remember = forms.BooleanField(label="Remember me on this device", required=False)


class PasswordReset(forms.Form):
    """To ask for a link."""

    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="username")


class NewPassword(forms.Form):
    """To follow it."""

    password = Text(
        "New password", limits.PASSWORD, limits.PASSWORD_MIN, widget=forms.PasswordInput, autocomplete="new-password"
    )


class Settings(forms.Form):
    """To change one's account."""

    image = Text("Address of a picture", limits.IMAGE, required=False, inputmode="url", autocomplete="photo")
    username = Text("Username", limits.USERNAME, form=limits.USERNAME_FORM, autocomplete="username")
    bio = Text("About you", limits.BIO, required=False, widget=forms.Textarea, rows=5)
    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="email")
    password = Text(
        "New password, if you want one",
        limits.PASSWORD,
        limits.PASSWORD_MIN,
        required=False,
        widget=forms.PasswordInput,
        autocomplete="new-password",
    )


class Article(forms.Form):
    """To write an article."""

    title = Text("Title", limits.TITLE)
    description = Text("Description", limits.DESCRIPTION)
    body = Text("Text", limits.BODY, widget=forms.Textarea, rows=14)
    tags = Tags(label="Tags", required=False)


class Comment(forms.Form):
    """To comment on an article."""

    body = Text("Your comment", limits.COMMENT, widget=forms.Textarea, rows=3, placeholder="Write a comment...")


FORMS: dict[str, type[forms.Form]] = {
    form.__name__: form for form in (Register, Login, PasswordReset, NewPassword, Settings, Article, Comment)
}
