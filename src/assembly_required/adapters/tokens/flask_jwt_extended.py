"""``tokens = flask_jwt_extended``: JSON Web Tokens, with Flask-JWT-Extended.

*In Django* djangorestframework-simplejwt adds ``JWTAuthentication``. Django REST framework calls it before each view.

*Here* the token contains plain JSON: the user (``sub``), the purpose (``aud``) and the period of validity (``nbf``,
``exp``). Everybody can read it, but only the holder of ``SECRET_KEY`` can create it. ``JWTManager`` reads its settings
from ``app.config``, and ``create_access_token`` and ``decode_token`` write and read the tokens.

*What it costs*: two packages, and a token of 300 characters instead of 40. A ``SECRET_KEY`` of less than 32 bytes makes
PyJWT warn. Most projects write ``@jwt_required()`` above a view and call ``get_jwt_identity()`` in it. That does not
work here for two reasons. It accepts one scheme, ``JWT_HEADER_TYPE``, and compares its case, but this API accepts
``Token`` and ``Bearer`` in any case. With ``optional=True`` it treats a header with another scheme as no header, but
this API answers 401. So Werkzeug parses the header. The best-known features, refresh tokens and a blocklist of revoked
tokens, are not needed here; ``decode_token`` checks neither.

*Next*: :mod:`assembly_required.adapters.tokens.flask_httpauth`.
"""

from datetime import timedelta

from flask import Flask, request
from flask_jwt_extended import JWTManager, create_access_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import PyJWTError

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens

AUDIENCE = "assembly_required.tokens"


class JWTExtendedTokens:
    """Tokens of Flask-JWT-Extended for the current app."""

    scheme = {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": (
            "Call `POST /api/users/login` and copy the value of `token` from the response, without the quotes. "
            "Then enter `Token`, a space and that value: `Token abc123`."
        ),
    }

    def issue(self, user_id: int) -> str:
        # PyJWT accepts only a text as subject.
        return str(create_access_token(str(user_id)))

    def caller(self) -> int | None:
        if not request.headers.get("Authorization"):
            return None
        sent = request.authorization
        if sent is None or sent.type not in ("token", "bearer") or not sent.token:
            raise Unauthorized.invalid()
        try:
            return int(decode_token(sent.token)["sub"])
        except (PyJWTError, JWTExtendedException):
            raise Unauthorized.invalid() from None


def build(app: Flask) -> Tokens:
    """Return the tokens, which are valid for ``TOKEN_DAYS``."""
    app.config.update(
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(days=app.config["TOKEN_DAYS"]),
        JWT_ALGORITHM="HS256",
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_COOKIE_CSRF_PROTECT=False,  # otherwise each token has a claim that only cookies need
    )
    JWTManager(app)
    return JWTExtendedTokens()
