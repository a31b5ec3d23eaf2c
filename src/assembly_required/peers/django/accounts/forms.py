from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import PasswordResetForm as DjangoPasswordResetForm

from conduit_django.forms import MessagesMixin, Textarea
from conduit_django.unavailable import BUSY, ServerBusy

from . import throttling
from .models import User


class PasswordField(forms.CharField):
    """A password. Django's validators of passwords check a new one."""

    def __init__(self, *, autocomplete, label="Password", **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(label=label, strip=False, widget=widget, **kwargs)


class LoginForm(MessagesMixin, forms.Form):
    """Sign in. ``contrib.auth``'s form calls the field ``username``, whatever a user's login is."""

    email = forms.EmailField(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = PasswordField(autocomplete="current-password", max_length=1024)
    remember = forms.BooleanField(label="Remember me on this device", required=False)

    def __init__(self, request=None, *args, **kwargs):
        self.request = request
        self.user = None
        super().__init__(*args, **kwargs)

    def clean(self):
        if self.errors:
            return
        email = User.objects.normalize_email(self.cleaned_data["email"])
        try:
            throttling.check_login(self.request, email)
        except throttling.TooManyAttempts as error:
            raise forms.ValidationError(str(error), code="throttled") from None
        try:
            self.user = authenticate(self.request, username=email, password=self.cleaned_data["password"])
        except ServerBusy:
            raise forms.ValidationError(BUSY, code="busy") from None
        if self.user is None:
            raise forms.ValidationError("The email or the password is wrong", code="invalid_login")

    def get_user(self):
        return self.user


class AccountForm(MessagesMixin, forms.ModelForm):
    """What registering and changing an account have in common."""

    def clean_username(self):
        return User.normalize_username(self.cleaned_data["username"])

    def clean_email(self):
        return User.objects.normalize_email(self.cleaned_data["email"])

    def _post_clean(self):
        """Validate the password when the instance has the new username and email."""
        super()._post_clean()
        if password := self.cleaned_data.get("password"):
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)

    def save(self, commit=True):
        """Save.

        :raises ValidationError: another request has just taken the username or the email.
        """
        if password := self.cleaned_data["password"]:
            self.instance.set_password(password)
        self.instance.save_unique()
        return self.instance


class RegisterForm(AccountForm):
    password = PasswordField(autocomplete="new-password")

    class Meta:
        model = User
        fields = ["username", "email"]
        widgets = {
            "username": forms.TextInput(attrs={"autocomplete": "username"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {"email": "Email"}


class SettingsForm(AccountForm):
    password = PasswordField(
        label="New password, if you want one",
        autocomplete="new-password",
        required=False,
        help_text="It ends your sessions on all other devices.",
    )

    class Meta:
        model = User
        fields = ["image", "username", "bio", "email"]
        widgets = {
            "image": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "photo"}),
            "username": forms.TextInput(attrs={"autocomplete": "username"}),
            "bio": Textarea(attrs={"rows": 5}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {"bio": "About you", "email": "Email"}

    def save(self, commit=True):
        if "email" in self.changed_data:
            self.instance.email_confirmed = False
        user = super().save(commit)
        if self.cleaned_data["password"]:
            user.api_tokens.all().delete()
        return user


class PasswordResetForm(MessagesMixin, DjangoPasswordResetForm):
    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        help_text="The address that you signed up with.",
    )

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"])
        try:
            throttling.count_mail(email)
        except throttling.TooManyAttempts as error:
            raise forms.ValidationError(str(error), code="throttled") from None
        return email

    def save(self, **kwargs):
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        super().save(**{**kwargs, "extra_email_context": {"hours": hours}})


class NewPasswordForm(MessagesMixin, forms.Form):
    """Choose a new password. ``contrib.auth``'s form asks for it twice."""

    password = PasswordField(
        label="New password",
        autocomplete="new-password",
        help_text="It ends your sessions on all devices.",
    )

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password

    def save(self):
        """Change the password. It ends all sessions, and all tokens of the API."""
        self.user.set_password(self.cleaned_data["password"])
        self.user.save(update_fields=["password"])
        self.user.api_tokens.all().delete()
        return self.user
