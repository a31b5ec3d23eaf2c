"""A letter as text and as HTML, with a link that confirms an address: Django's mail.

``EmailMultiAlternatives`` is a letter with several versions, which are rendered from templates. The setting
``EMAIL_BACKEND`` says where it goes; here ``MAIL_BACKEND`` chooses ``console`` (the default), ``file`` (a folder,
``MAIL_FILE_PATH``) or ``smtp`` (``MAIL_SERVER``, ``MAIL_PORT``). A form checks the address, and
``django.core.signing`` makes the token of the link.

Start it with ``python django_app.py runserver``. https://docs.djangoproject.com/en/5.2/topics/email/
"""

import logging
import os
import secrets
import sys

from django import forms
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

BACKENDS = {"console": "console", "file": "filebased", "smtp": "smtp"}
TEMPLATES = {
    "confirm.txt": "{% autoescape off %}Hello,\n\nplease confirm your address:\n{{ link }}\n{% endautoescape %}",
    "confirm.html": '<p>Hello,</p><p>please <a href="{{ link }}">confirm your address</a>.</p>',
}
settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],  # the link contains the name of the host
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]},
        }
    ],
    EMAIL_BACKEND=f"django.core.mail.backends.{BACKENDS[os.environ.get('MAIL_BACKEND', 'console')]}.EmailBackend",
    EMAIL_FILE_PATH=os.environ.get("MAIL_FILE_PATH", "letters"),
    EMAIL_HOST=os.environ.get("MAIL_SERVER", "localhost"),
    EMAIL_PORT=int(os.environ.get("MAIL_PORT", 25)),
    EMAIL_TIMEOUT=3,
    DEFAULT_FROM_EMAIL="blog@example.com",
)

logger = logging.getLogger(__name__)
ONE_DAY = 24 * 60 * 60


class LetterForm(forms.Form):
    to = forms.EmailField()


@require_POST
def create_letter(request):
    form = LetterForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": "This is not an email address."}, status=400)
    to = form.cleaned_data["to"]
    # step: write
    link = request.build_absolute_uri(reverse("confirm", args=[signing.dumps(to, salt="confirm")]))
    text = render_to_string("confirm.txt", {"link": link})
    msg = EmailMultiAlternatives("Confirm your address", text, to=[to])
    msg.attach_alternative(render_to_string("confirm.html", {"link": link}), "text/html")
    # step: send
    try:
        msg.send()
    # step: fail
    except OSError as error:  # SMTPException is an OSError too
        logger.error("The letter was not sent: %s", error)
        return JsonResponse({"error": "The letter could not be sent. Please try again later."}, status=503)
    return JsonResponse({"sent": to}, status=202)


# step: confirm
@require_GET
def confirm(request, token):
    try:
        return JsonResponse({"confirmed": signing.loads(token, salt="confirm", max_age=ONE_DAY)})
    except signing.BadSignature:
        return JsonResponse({"error": "This link is not valid, or no longer."}, status=400)


urlpatterns = [path("letters", create_letter), path("confirm/<token>", confirm, name="confirm")]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
