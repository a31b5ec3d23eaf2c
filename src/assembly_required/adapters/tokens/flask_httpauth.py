"""``tokens = flask_httpauth``: Flask-HTTPAuth reads the header, itsdangerous signs the token.

*In Django* the ``TokenAuthentication`` of Django REST framework has two methods: ``authenticate`` reads the header, and
``authenticate_credentials`` looks up the user.

*Here* Flask-HTTPAuth reads the header, and a function decorated with ``@auth.verify_token`` checks the token. It may
be a token of any kind; here it is signed as in ``plain``. ``@auth.error_handler`` decides what happens to a bad token.
Most projects write ``@auth.login_required`` above a view and call ``auth.current_user()`` in it. In this application
the guard calls the slot before the view, so the decorator is around a function that returns the current user.

*What it costs*: one package, which replaces three lines of code here. ``@auth.login_required(optional=True)`` treats a
bad token as no token, but this API answers 401, so requests without a header return before the decorated function. An
``HTTPTokenAuth`` object accepts one scheme; ``MultiAuth`` combines several objects.

*Next*: :mod:`assembly_required.web.fingerprint`.
"""

from functools import cached_property
from typing import NoReturn

from flask import Flask, request
from flask_httpauth import HTTPTokenAuth
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens
from ...conduit.model import Caller, User
from ...web.signing import load_signed, secret_keys

ONE_DAY = 24 * 60 * 60


class HTTPAuthTokens:
    """Tokens signed with the app's secret key, read by Flask-HTTPAuth.

    :param max_age: the lifetime of a token in seconds.
    """

    scheme = {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": (
            "Call `POST /api/users/login` and copy the value of `token` from the response, without the quotes. "
            "Then enter `Token`, a space and that value: `Token abc123`."
        ),
    }

    def __init__(self, max_age: int) -> None:
        self._max_age = max_age
        auth = HTTPTokenAuth(scheme="Token")

        @auth.verify_token
        def verify_token(token: str) -> Caller | None:
            return self._load(token)

        @auth.error_handler
        def refuse(status: int) -> NoReturn:
            raise Unauthorized.invalid()

        @auth.login_required
        def get_caller() -> Caller:
            caller: Caller = auth.current_user()
            return caller

        self._get_caller = get_caller

    def issue(self, user: User) -> str:
        return str(self._serializer.dumps([user.id, user.token_generation]))

    def caller(self) -> Caller | None:
        if not request.headers.get("Authorization"):
            return None
        caller: Caller = self._get_caller()
        return caller

    def _load(self, token: str) -> Caller | None:
        try:
            content = load_signed(self._serializer, token, self._max_age)
        except BadSignature:
            return None
        # A token without a generation is one of the first generation.
        user_id, generation = content if isinstance(content, list) else (content, 0)
        return Caller(user_id, generation, token)

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer:
        # Not created in build: `flask setup` runs in an app that has no key yet.
        return URLSafeTimedSerializer(secret_keys(), salt="assembly_required.tokens.flask_httpauth")


def build(app: Flask) -> Tokens:
    """Return the tokens, which are valid for ``TOKEN_DAYS``."""
    return HTTPAuthTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
