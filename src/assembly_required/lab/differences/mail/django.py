"""``django.core.mail`` as Django's documentation shows it.

Source: https://docs.djangoproject.com/en/5.2/topics/email/
"""

from django.core.mail import EmailMultiAlternatives, get_connection

from .letters import SENDER, Letter


def send(letter: Letter, port: int) -> None:
    """Send a letter to an SMTP server of this machine."""
    from django.conf import settings  # at the top, collectors of doctests would look into it

    if not settings.configured:
        settings.configure(DEFAULT_FROM_EMAIL=SENDER, EMAIL_HOST="127.0.0.1", USE_TZ=True)
    connection = get_connection(port=port, timeout=letter.timeout)
    msg = EmailMultiAlternatives(letter.subject, letter.text, to=[*letter.to], connection=connection)
    if letter.html:
        msg.attach_alternative(letter.html, "text/html")
    msg.send()
