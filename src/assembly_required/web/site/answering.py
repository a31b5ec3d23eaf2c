"""A form that was sent: go on, or show it again.

*In Django* ``FormView`` with ``form_valid`` and ``form_invalid``.

*Here* what the form does is a function, called once; what it refuses, and what the use case behind it refuses (a name
that is taken), is shown the same way, beside the fields. The form keeps what was filled in, but for passwords.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.web.site.reading`.
"""

from collections.abc import Callable

from flask import redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from ...conduit.errors import Invalid, Taken, WrongCredentials
from ...stack.interfaces import Form

WRONG = "The email or the password is wrong"


def answer(form: Form, act: Callable[[], str], show: Callable[[Form], str]) -> ResponseReturnValue:
    """Redirect to what the act answers; where it refuses, show the form with what is wrong."""
    try:
        return redirect(act())
    except WrongCredentials as refusal:
        form.refuse({"": [WRONG]})
        return show(form), refusal.status
    except (Invalid, Taken) as refusal:
        form.refuse(refusal.errors)
        return show(form), refusal.status


def sent() -> MultiDict[str, str]:
    """The form that was sent, with one character for the end of a line, as texts come through the API.

    Browsers send two. Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-2
    """
    return MultiDict((name, value.replace("\r\n", "\n")) for name, value in request.form.items(multi=True))
