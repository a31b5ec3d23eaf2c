"""``tokens = flask_jwt_extended``: JSON Web Tokens, with Flask-JWT-Extended.

*In Django* djangorestframework-simplejwt adds ``JWTAuthentication``. Django REST framework calls it before each view.

*Here* the token contains plain JSON: the user (``sub``), their ``token_generation`` (``gen``), the purpose (``aud``)
and the period of validity (``nbf``, ``exp``). Everybody can read it, but only the holder of ``SECRET_KEY`` can make it.
``JWTManager`` reads its settings from ``app.config``, and ``create_access_token`` and ``decode_token`` write and read
the tokens. Flask-JWT-Extended knows one key. Its callback ``decode_key_loader`` chooses another one for a token, so the
header names the key (``kid``), and a token outlives a new ``SECRET_KEY`` if the old one is in ``SECRET_KEY_FALLBACKS``.
Flask-JWT-Extended names no key by itself. For a token from before there were names, the keys are tried in turn.

*What it costs*: two packages, and a token of 340 characters instead of 40. A ``SECRET_KEY`` of less than 32 bytes makes
PyJWT warn. Most projects write ``@jwt_required()`` above a view and call ``get_jwt_identity()`` in it. That does not
work here for two reasons. It accepts one scheme, ``JWT_HEADER_TYPE``, and compares its case, but this API accepts
``Token`` and ``Bearer`` in any case. With ``optional=True`` it treats a header with another scheme as no header, but
this API answers 401. So Werkzeug parses the header. The best-known features, refresh tokens and a blocklist of revoked
tokens, are not needed here; ``decode_token`` checks neither. A blocklist ends one token, the generation ends all tokens
of a user.

*Next*: :mod:`assembly_required.adapters.tokens.flask_httpauth`.
"""

import hmac
from contextlib import suppress
from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask_jwt_extended import JWTManager, create_access_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import InvalidSignatureError, PyJWS, PyJWTError

from ...conduit.errors import Unauthorized
from ...conduit.interfaces import Tokens
from ...conduit.model import Caller, User
from ...web.signing import LEEWAY, secret_keys

AUDIENCE = "assembly_required.tokens"
ALGORITHM = "HS256"


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

    def issue(self, user: User) -> str:
        # PyJWT accepts only a text as subject.
        return str(create_access_token(str(user.id), additional_claims={"gen": user.token_generation}))

    def caller(self) -> Caller | None:
        if not request.headers.get("Authorization"):
            return None
        sent = request.authorization
        if sent is None or sent.type not in ("token", "bearer") or not sent.token:
            raise Unauthorized.invalid()
        try:
            claims = decode_token(sent.token)
        except (PyJWTError, JWTExtendedException):
            raise Unauthorized.invalid() from None
        return Caller(int(claims["sub"]), claims.get("gen", 0), sent.token)


def name_key(key: str) -> str:
    """Return a name for a key, from which the key cannot be derived."""
    return hmac.digest(key.encode(), b"kid", "sha256").hex()[:8]


def find_signer(token: str) -> str:
    """Return the former key that signed a token, or the current key."""
    *former, current = secret_keys()
    for key in former:
        with suppress(InvalidSignatureError):
            PyJWS().decode(token, key, [ALGORITHM])
            return key
    return current


def build(app: Flask) -> Tokens:
    """Return the tokens, which are valid for ``TOKEN_DAYS``."""
    app.config.update(
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(days=app.config["TOKEN_DAYS"]),
        JWT_ALGORITHM=ALGORITHM,
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_LEEWAY=LEEWAY,
        JWT_COOKIE_CSRF_PROTECT=False,  # otherwise each token has a claim that only cookies need
    )
    jwt = JWTManager(app)

    @jwt.additional_headers_loader
    def name_current_key(identity: str) -> dict[str, str]:
        return {"kid": name_key(secret_keys()[-1])}

    @jwt.decode_key_loader
    def find_key(header: dict[str, Any], claims: dict[str, Any]) -> str:
        sent = request.authorization
        if "kid" not in header and sent is not None and sent.token:
            return find_signer(sent.token)
        *former, current = secret_keys()
        return next((key for key in former if name_key(key) == header.get("kid")), current)

    return JWTExtendedTokens()
