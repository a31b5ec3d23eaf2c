"""``tokens = plain``: a signed user id, with itsdangerous.

*In Django* the ``TokenAuthentication`` of Django REST framework stores one random token per user in a table, and reads
that table on every request.

*Here* the token contains the user's id and the time it was issued, signed with ``SECRET_KEY``, so checking it needs no
table. Flask signs its session cookie with the same key. The salt separates the two, so that neither is accepted as the
other. The token does not contain the name or the password, so it stays valid when these change.

*What it costs*: no package. A single token cannot be revoked before it expires. A new ``SECRET_KEY`` revokes them all.

*Next*: :mod:`assembly_required.adapters.tokens.flask_jwt_extended`.
"""

from functools import cached_property

from flask import Flask, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens

ONE_DAY = 24 * 60 * 60


class PlainTokens:
    """Tokens signed with the app's secret key.

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

    def issue(self, user_id: int) -> str:
        return str(self._serializer.dumps(user_id))

    def caller(self) -> int | None:
        if not request.headers.get("Authorization"):
            return None
        sent = request.authorization
        if sent is None or sent.type not in ("token", "bearer") or not sent.token:
            raise Unauthorized.invalid()
        try:
            return int(self._serializer.loads(sent.token, max_age=self._max_age))
        except BadSignature:
            raise Unauthorized.invalid() from None

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer:
        # Not created in build: `flask setup` runs in an app that has no key yet.
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="assembly_required.tokens")


def build(app: Flask) -> Tokens:
    """Return the tokens, which are valid for ``TOKEN_DAYS``."""
    return PlainTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
