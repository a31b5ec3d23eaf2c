"""``tokens = plain``: a signed user id, by itsdangerous.

*In Django* REST framework's ``TokenAuthentication`` keeps one random token for each user in a table, and looks it up
for each request.

*Here* the token carries the user's id and the time it was issued, signed with ``SECRET_KEY``; checking it needs no
table. The salt separates it from Flask's session cookie, which is signed with the same key: neither passes for the
other. It names nothing that the user can change, so it outlives a new name or password.

*What it costs*: no package. A single token cannot be taken back before it expires; a new ``SECRET_KEY`` takes back all.

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
        # Not made in build: an app is assembled before its key exists, and `flask setup` runs in such an app.
        return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="assembly_required.tokens")


def build(app: Flask) -> Tokens:
    """Tokens that are valid for ``TOKEN_DAYS``."""
    return PlainTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
