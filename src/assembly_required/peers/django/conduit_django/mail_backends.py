"""Mail that is sent after the response.

A request does not wait for a mail server, and its time does not tell whether a mail was sent. A mail that waits in a
process that is killed is lost. A queue with a worker of its own, such as Celery or a backend of ``django.tasks``, keeps
it.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


class BackgroundEmailBackend(BaseEmailBackend):
    """Let a thread send mail by the backend ``BACKGROUND_EMAIL_BACKEND``, once the transaction is committed."""

    def send_messages(self, email_messages):
        messages = list(email_messages)
        transaction.on_commit(partial(executor.submit, deliver, messages))
        return len(messages)


def deliver(messages):
    try:
        import_string(settings.BACKGROUND_EMAIL_BACKEND)().send_messages(messages)
    except Exception:  # nobody else would see it
        logger.exception("%d mails were not sent.", len(messages))
