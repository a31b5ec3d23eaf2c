"""``tokens = flask_jwt_extended``: a JSON Web Token, by Flask-JWT-Extended.

*In Django* djangorestframework-simplejwt adds ``JWTAuthentication``, and REST framework asks it before each view.

*Here* the token says in plain JSON whose it is, what it is for, and from when until when it is valid (``sub``,
``aud``, ``nbf``, ``exp``): everybody can read it, only the holder of ``SECRET_KEY`` can write it. ``aud`` does what the
salt does in ``plain``. Most applications write ``@jwt_required()`` above their views. That compares the scheme with
``JWT_HEADER_TYPE`` letter by letter, although to HTTP ``Token`` and ``token`` are the same; so Werkzeug reads the
header, and ``decode_token`` checks what is in it.

*What it costs*: two packages, and a token of 300 letters instead of 40. The extension answers its own errors in a shape
of its own, so none is let out of here. A ``SECRET_KEY`` shorter than 32 bytes makes PyJWT warn. What the extension is
best at, refresh tokens and a list of those taken back, nothing here asks for; ``decode_token`` looks at neither.

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
    """Tokens by Flask-JWT-Extended, which keeps its settings in ``app.config``."""

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
        # PyJWT refuses a subject that is not a text.
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
    """Tokens that are valid for ``TOKEN_DAYS``."""
    app.config.update(
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(days=app.config["TOKEN_DAYS"]),
        JWT_ALGORITHM="HS256",
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_COOKIE_CSRF_PROTECT=False,  # else each token carries a claim that only cookies need
    )
    JWTManager(app)
    return JWTExtendedTokens()
