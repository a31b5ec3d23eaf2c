"""Build a Django request from the current Flask request, for Django's CSRF middleware and its admin.

Flask has already read the body and checked its size, so the form data is copied. The session is Flask's. Uploaded files
are not passed on: this application has no uploads.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from flask import request, session
from werkzeug.datastructures import MultiDict

from . import django_settings  # noqa: F401 (WSGIRequest reads the settings)


def django_request() -> Any:
    """Return the current request as a ``WSGIRequest``."""
    asked: Any = WSGIRequest(dict(request.environ))
    asked.POST, asked._files, asked.session = query_dict(request.form), MultiValueDict(), session
    return asked


def query_dict(sent: MultiDict[str, str]) -> QueryDict:
    """Copy form data into a ``QueryDict``."""
    data = QueryDict(mutable=True)
    for name, values in sent.lists():
        data.setlist(name, values)
    return data
