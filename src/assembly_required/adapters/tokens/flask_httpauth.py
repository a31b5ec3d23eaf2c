"""``tokens = flask_httpauth``: the header by Flask-HTTPAuth, the token by itsdangerous.

*In Django* REST framework's ``TokenAuthentication`` has a method for each half: ``authenticate`` reads the header,
``authenticate_credentials`` looks for the user behind the token.

*Here* Flask-HTTPAuth is the first half, and the second is a function of one's own, given to ``verify_token``: any token
will do, here one as in ``plain``. ``login_required`` is made for views, but it goes around any function: around
``current_user`` it becomes a question with an answer. With ``optional=True`` a bad token would count as none, so it is
asked only where there is a header.

*What it costs*: one package. It reads the header in place of three lines, and takes more than three to be told what to
answer. An object knows one scheme; ``MultiAuth`` puts several together, which an API with one scheme does not need.

*Next*: :mod:`assembly_required.web.fingerprint`.
"""

from functools import cached_property

from flask import Flask, current_app, request
from flask_httpauth import HTTPTokenAuth
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens

ONE_DAY = 24 * 60 * 60


class HTTPAuthTokens:
    """Tokens signed with the app's secret key, asked for by Flask-HTTPAuth.

    :param max_age: how many seconds a token is valid.
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
        auth.verify_token(self._bearer)
        auth.error_handler(self._refuse)
        self._authenticated = auth.login_required(auth.current_user)

    def issue(self, user_id: int) -> str:
        return str(self._serializer.dumps(user_id))

    def caller(self) -> int | None:
        if not request.headers.get("Authorization"):
            return None
        return int(self._authenticated())

    def _bearer(self, token: str) -> int | None:
        try:
            return int(self._serializer.loads(token, max_age=self._max_age))
        except BadSignature:
            return None

    def _refuse(self, status: int) -> None:
        raise Unauthorized.invalid()

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer:
        # Not made in build: an app is assembled before its key exists, and `flask setup` runs in such an app.
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="assembly_required.tokens.flask_httpauth")


def build(app: Flask) -> Tokens:
    """Tokens that are valid for ``TOKEN_DAYS``."""
    return HTTPAuthTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
