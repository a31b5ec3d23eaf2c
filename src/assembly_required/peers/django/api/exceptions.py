"""Every error has the shape ``{"errors": {"<key>": ["<message>"]}}``."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as ModelValidationError
from django.db import IntegrityError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.views import exception_handler as default_handler

from accounts.models import User
from accounts.throttling import TooManyAttempts
from articles.models import Article
from conduit_django.unavailable import RETRY_AFTER, is_unavailable, log

MESSAGES = {
    exceptions.ParseError: {"body": ["is not JSON"]},
    exceptions.UnsupportedMediaType: {"body": ["must be application/json"]},
    exceptions.NotAuthenticated: {"token": ["is missing"]},
    exceptions.AuthenticationFailed: {"token": ["is invalid"]},
    exceptions.MethodNotAllowed: {"request": ["method not allowed"]},
    exceptions.Throttled: {"request": ["too many attempts"]},
}


class Conflict(exceptions.APIException):
    """Another object has a value that must be unique."""

    status_code = 409


class WrongCredentials(exceptions.APIException):
    status_code = 401
    default_detail = {"credentials": ["invalid"]}


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = {"body": ["is too large"]}


class Unavailable(exceptions.APIException):
    """The server cannot do this now."""

    status_code = 503
    default_detail = {"request": ["not available"]}
    wait = RETRY_AFTER


def exception_handler(exc, context):
    # bent: the contract has a status, a shape and messages of its own for each error
    exc = translate(exc, context["request"])
    response = default_handler(exc, context)
    if response is not None:
        response.data = {"errors": describe(exc, context["view"])}
    return response


def translate(exc, request):
    """Return the exception of REST framework that stands for another one."""
    if isinstance(exc, IntegrityError):
        # Another request has deleted the user or the object of this one.
        gone = request.user and not User.objects.filter(pk=request.user.pk).exists()
        return exceptions.AuthenticationFailed() if gone else exceptions.NotFound()
    if is_unavailable(exc):
        log(request, exc)
        return Unavailable()
    if isinstance(exc, TooManyAttempts):
        return exceptions.Throttled(exc.wait)
    if isinstance(exc, RequestDataTooBig):
        return TooLarge()
    if isinstance(exc, Article.DoesNotExist):
        return exceptions.NotFound({"article": ["not found"]})
    if isinstance(exc, ModelValidationError):
        exc = exceptions.ValidationError(get_error_detail(exc))
    if isinstance(exc, exceptions.ValidationError):
        if all(error.code == "unique" for errors in exc.detail.values() for error in errors):
            return Conflict(exc.detail)
        exc.status_code = 422
    return exc


def describe(exc, view):
    """Return the errors of each field; a missing or forbidden object is named after the view's envelope."""
    if isinstance(detail := getattr(exc, "detail", None), dict):
        return {field: list(dict.fromkeys(flatten(errors))) for field, errors in detail.items()}
    if isinstance(exc, Http404 | exceptions.NotFound):
        return {view.envelope: ["not found"]}
    if isinstance(exc, PermissionDenied | exceptions.PermissionDenied):
        return {view.envelope: ["forbidden"]}
    return MESSAGES.get(type(exc), {"request": ["failed"]})


def flatten(errors):
    """Yield the messages for a field. Those for the items of a list come in a dict, by position."""
    for error in errors.values() if isinstance(errors, dict) else errors:
        if isinstance(error, str):
            yield str(error)
        else:
            yield from flatten(error)
