import time
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.signals import user_logged_in
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.http import urlsafe_base64_decode
from django.views.generic import CreateView, DetailView, TemplateView, UpdateView, View

from conduit_django.unavailable import keep_form, mark

from . import forms, mail, throttling
from .models import User

PASSWORD_GIVEN = "password_given_at"


@receiver(user_logged_in)
def note_time(request, **kwargs):
    """Remember when the password was given, here or in the admin."""
    request.session[PASSWORD_GIVEN] = time.time()


class FreshLoginRequiredMixin(LoginRequiredMixin):
    """Ask for the password again if it was given some time ago."""

    def dispatch(self, request, *args, **kwargs):
        given = request.session.get(PASSWORD_GIVEN, 0)
        if request.user.is_authenticated and time.time() - given > settings.FRESH_LOGIN_AGE:
            messages.info(request, "Please enter your password again before you change your account.")
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)


class SaveUniqueMixin:
    """For forms whose username or email may be taken by another request while they are saved."""

    @keep_form
    def form_valid(self, form):
        try:
            self.object = form.save()
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self.saved(form)
        return redirect(self.get_success_url())


class RegisterView(SaveUniqueMixin, CreateView):
    form_class = forms.RegisterForm
    template_name = "accounts/register.html"
    success_url = reverse_lazy("articles:home")

    def saved(self, form):
        login(self.request, self.object)
        self.request.session.set_expiry(0)
        mail.send_confirmation(self.request, self.object)


class LoginView(auth_views.LoginView):
    form_class = forms.LoginForm
    template_name = "accounts/login.html"

    @keep_form
    def form_valid(self, form):
        response = super().form_valid(form)
        if not form.cleaned_data["remember"]:
            self.request.session.set_expiry(0)
        return response

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", "throttled"):
            response.status_code = 429
            response["Retry-After"] = throttling.LOGIN_WINDOW
        return mark(response) if form.has_error("__all__", "busy") else response


class SettingsView(FreshLoginRequiredMixin, SaveUniqueMixin, UpdateView):
    form_class = forms.SettingsForm
    template_name = "accounts/settings.html"
    context_object_name = "account"  # the default, "user", is who looks at the page

    def get_object(self):
        # Not request.user: a form changes its object even if it is invalid, and the page shows the user's name.
        return User.objects.get(pk=self.request.user.pk)

    def get_success_url(self):
        return self.object.get_absolute_url()

    def saved(self, form):
        if form.cleaned_data["password"]:
            update_session_auth_hash(self.request, self.object)
        if "email" in form.changed_data:
            mail.announce_new_email(self.request, self.object, form.initial["email"])
        messages.success(self.request, "Saved.")


class SendConfirmationView(LoginRequiredMixin, View):
    def post(self, request):
        try:
            throttling.count_mail(request.user.email)
        except throttling.TooManyAttempts as error:
            messages.error(request, str(error))
        else:
            mail.send_confirmation(request, request.user)
            messages.success(request, "A mail is on its way.")
        return redirect("accounts:settings")


class ConfirmEmailView(DetailView):
    """A page with a button, because mail scanners follow links."""

    template_name = "accounts/confirm_email.html"
    context_object_name = "account"

    def get_object(self):
        try:
            pk = urlsafe_base64_decode(self.kwargs["uidb64"]).decode()
            user = get_object_or_404(User, pk=pk)
        except (ValueError, OverflowError):
            raise Http404 from None
        if not mail.confirmation_tokens.check_token(user, self.kwargs["token"]):
            raise Http404
        return user

    def post(self, request, **kwargs):
        user = self.get_object()
        user.email_confirmed = True
        user.save(update_fields=["email_confirmed"])
        messages.success(request, "Your address is confirmed.")
        return redirect("articles:home")


class UndoEmailView(DetailView):
    """Take back a change of the address. It ends all sessions, and all tokens of the API."""

    template_name = "accounts/undo_email.html"
    context_object_name = "account"

    def get_object(self):
        try:
            pk, self.old_email, new_email = signing.loads(
                self.kwargs["token"], salt=mail.UNDO_SALT, max_age=timedelta(days=mail.UNDO_DAYS)
            )
        except signing.BadSignature:
            raise Http404 from None
        return get_object_or_404(User, pk=pk, email=new_email)

    def get_context_data(self, **kwargs):
        return super().get_context_data(old_email=self.old_email, **kwargs)

    def post(self, request, **kwargs):
        user = self.get_object()
        user.email, user.email_confirmed = self.old_email, True
        user.session_version += 1
        try:
            user.save_unique()
        except ValidationError:
            raise Http404 from None
        user.api_tokens.all().delete()
        messages.success(request, "The change is undone. Choose a new password now.")
        return redirect("accounts:password_reset")


class PasswordResetView(auth_views.PasswordResetView):
    form_class = forms.PasswordResetForm
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/mail/password_reset.txt"
    subject_template_name = "accounts/mail/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_sent")


class PasswordResetSentView(TemplateView):
    template_name = "accounts/password_reset_sent.html"
    extra_context = {"debug": settings.DEBUG}


class NewPasswordView(auth_views.PasswordResetConfirmView):
    form_class = forms.NewPasswordForm
    template_name = "accounts/password_new.html"
    success_url = reverse_lazy("accounts:login")

    @keep_form
    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, "Your password is changed. Sign in with it.")
        return response


class SentMailView(TemplateView):
    """The mail that the development server has written to files."""

    template_name = "accounts/mail.html"

    def get_context_data(self, **kwargs):
        if not settings.DEBUG:
            raise Http404
        files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        return super().get_context_data(letters=[read_letter(path) for path in reversed(files)], **kwargs)


def read_letter(path):
    letter = message_from_bytes(path.read_bytes().partition(b"\n" + b"-" * 79)[0], policy=policy.default)
    return {"to": letter["To"], "subject": letter["Subject"], "text": letter.get_content().strip()}
