"""Process a submitted form: redirect, or show it again with its errors."""

from collections.abc import Callable
from math import ceil

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...conduit.errors import Busy, Invalid, Taken, TooManyAttempts, Unavailable, WrongCredentials
from ...stack.interfaces import Form

WRONG = "The email or the password is wrong"
BUSY = "The server is busy. Please try again in a few seconds."
NOT_SAVED = "Nothing was saved, because the server cannot save at the moment. Try again in a few seconds."


def answer(form: Form, act: Callable[[], str], show: Callable[[Form], str]) -> ResponseReturnValue:
    """Redirect to the URL that ``act`` returns; if it refuses, show the form with the errors."""
    try:
        return redirect(act())
    except WrongCredentials as refusal:
        form.refuse({"": [WRONG]})
        return show(form), refusal.status
    except (Invalid, Taken) as refusal:
        form.refuse(refusal.errors)
        return show(form), refusal.status
    except TooManyAttempts as refusal:
        form.refuse({"": [f"Too many attempts. Please try again in {format_wait(refusal.retry_after)}."]})
        return show(form), refusal.status, {"Retry-After": str(refusal.retry_after)}
    except Unavailable as refusal:
        form.refuse({"": [BUSY if isinstance(refusal, Busy) else NOT_SAVED]})
        return show(form), refusal.status, {"Retry-After": str(refusal.retry_after)}


def format_wait(seconds: int) -> str:
    """Format a time in whole minutes.

    >>> format_wait(60), format_wait(61)
    ('1 minute', '2 minutes')
    """
    minutes = ceil(seconds / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def read_form() -> MultiDict[str, str]:
    """Return the submitted form with ``\\n`` as line ending, as in the API.

    Browsers send CR LF.

    Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-2
    """
    return MultiDict((name, value.replace("\r\n", "\n")) for name, value in request.form.items(multi=True))
