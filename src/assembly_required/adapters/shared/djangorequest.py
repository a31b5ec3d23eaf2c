"""The request that Flask has, as a part of Django wants to see it.

*In Django* ``WSGIHandler`` makes a ``WSGIRequest`` out of the environment, and middleware adds session and user.

*Here* the same class around the same environment, for the CSRF middleware and the admin. Flask has read the body by
then, with its limit on the size, so what was sent is handed over; and the session is Flask's.

*What it costs*: no files: nobody uploads any.

*Next*: :mod:`assembly_required.adapters.orm`.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from flask import request, session
from werkzeug.datastructures import MultiDict

from . import djangosettings  # noqa: F401 (a request reads the settings)


def django_request() -> Any:
    """This request."""
    asked: Any = WSGIRequest(dict(request.environ))
    asked.POST, asked._files, asked.session = query_dict(request.form), MultiValueDict(), session
    return asked


def query_dict(sent: MultiDict[str, str]) -> QueryDict:
    """A form that was sent."""
    data = QueryDict(mutable=True)
    for name, values in sent.lists():
        data.setlist(name, values)
    return data
