"""``tokens = plain``: a signed user id, with itsdangerous.

*In Django* the ``TokenAuthentication`` of Django REST framework stores one random token per user in a table, and reads
that table on every request.

*Here* the token contains the user's id, their ``token_generation`` and the time it was issued, signed with
``SECRET_KEY``, so checking it needs no table of tokens. Flask signs its session cookie with the same key. The salt
separates the two, so that neither is accepted as the other. The generation is a column of the user, who is loaded
anyway. Raising it ends all tokens of the user: a password reset does so, and so does a new password on the site. A date
would not do, since two tokens that are issued in the same second are identical. The token does not contain the name or
the password, so it stays valid when the API changes these.

*What it costs*: no package. All tokens of a user end together; a single one cannot be revoked before it expires. A new
``SECRET_KEY`` revokes the tokens of all users, unless the old key is moved to ``SECRET_KEY_FALLBACKS``.

*Next*: :mod:`assembly_required.adapters.tokens.flask_jwt_extended`.
"""

from functools import cached_property

from flask import Flask, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens
from ...conduit.model import Caller, User
from ...web.signing import load_signed, secret_keys

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

    def issue(self, user: User) -> str:
        return str(self._serializer.dumps([user.id, user.token_generation]))

    def caller(self) -> Caller | None:
        if not request.headers.get("Authorization"):
            return None
        sent = request.authorization
        if sent is None or sent.type not in ("token", "bearer") or not sent.token:
            raise Unauthorized.invalid()
        try:
            content = load_signed(self._serializer, sent.token, self._max_age)
        except BadSignature:
            raise Unauthorized.invalid() from None
        # A token without a generation is one of the first generation.
        user_id, generation = content if isinstance(content, list) else (content, 0)
        return Caller(user_id, generation, sent.token)

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer:
        # Not created in build: `flask setup` runs in an app that has no key yet.
        return URLSafeTimedSerializer(secret_keys(), salt="assembly_required.tokens")


def build(app: Flask) -> Tokens:
    """Return the tokens, which are valid for ``TOKEN_DAYS``."""
    return PlainTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
