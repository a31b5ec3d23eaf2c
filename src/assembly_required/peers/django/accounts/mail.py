"""Mail about accounts."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

UNDO_SALT = "accounts.email-undo"
UNDO_DAYS = 7


class EmailConfirmationTokenGenerator(PasswordResetTokenGenerator):
    """Tokens that end with the address, and when it is confirmed."""

    key_salt = "accounts.EmailConfirmationTokenGenerator"

    def _make_hash_value(self, user, timestamp):
        return f"{user.pk}{user.email}{user.email_confirmed}{timestamp}"


confirmation_tokens = EmailConfirmationTokenGenerator()


def send_confirmation(request, user):
    """Mail a link that confirms the user's address."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("accounts:confirm_email", args=[uid, confirmation_tokens.make_token(user)])
    send("Is this your address?", "accounts/mail/confirm_email.txt", user.email, request, path, user)


def announce_new_email(request, user, old_email):
    """Tell the old address that it was replaced, with a link that undoes it, and ask the new one to be confirmed."""
    token = signing.dumps([user.pk, old_email, user.email], salt=UNDO_SALT)
    path = reverse("accounts:undo_email", args=[token])
    send("The email of your account was changed", "accounts/mail/email_changed.txt", old_email, request, path, user)
    send_confirmation(request, user)


def send(subject, template, address, request, path, user):
    context = {
        "user": user,
        "link": request.build_absolute_uri(path),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "days": UNDO_DAYS,
    }
    send_mail(subject, render_to_string(template, context), None, [address])
