"""Answer 503 while the database is away, full or read-only, or too many passwords are being hashed.

Django's answer is 500. The error is logged all the same.
"""

import logging
from functools import wraps

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

RETRY_AFTER = 5

READ_ONLY = "25006"  # https://www.postgresql.org/docs/current/errcodes-appendix.html

BUSY = "The server is busy. Please try again in a few seconds."
NOT_SAVED = "Nothing was saved, because the server cannot save at the moment. Try again in a few seconds."


class ServerBusy(Exception):
    """As many passwords as the server allows are being hashed."""


def is_unavailable(error):
    """Whether a request would succeed at another time. Django reports a read-only PostgreSQL as an internal error."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(error, InterfaceError | OperationalError | ServerBusy)


def log(request, error):
    logger.error("Not available: %s", request.path, exc_info=error)


def mark(response):
    """Give a response the status 503."""
    response.status_code = 503
    response["Retry-After"] = RETRY_AFTER
    return response


class UnavailableMiddleware:
    """Answer with a page that needs no database. While developing, Django's own page says more."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if settings.DEBUG or not is_unavailable(exception):
            return None
        log(request, exception)
        return mark(HttpResponse(render_to_string("503.html")))


def keep_form(form_valid):
    """Decorate the ``form_valid`` of a view: show what was typed again if it cannot be saved now."""

    @wraps(form_valid)
    def save_or_show(view, form):
        try:
            return form_valid(view, form)
        except (InterfaceError, InternalError, OperationalError, ServerBusy) as error:
            if not is_unavailable(error):
                raise
            log(view.request, error)
            form.add_error(None, BUSY if isinstance(error, ServerBusy) else NOT_SAVED)
            return mark(view.form_invalid(form))

    return save_or_show
