"""``tokens = elsewhere.joserfc_tokens``: an encrypted JSON Web Token, by joserfc.

*In Django* djangorestframework-simplejwt, whose tokens are signed.

*Here* the token is encrypted (JWE, RFC 7516) instead of signed (JWS, RFC 7515): only the holder of ``SECRET_KEY`` can
write it, and nobody else can read whose it is. joserfc does one thing a call: a key, a registry of what is allowed,
claims to be checked. It brings no settings, no decorator and no Flask, so nothing is let in that is not written here.

*What it costs*: two packages, one of them compiled (cryptography). AES wants a key of exactly 32 bytes: one is derived
from ``SECRET_KEY`` for this purpose alone, so that no other use of it can stand in for a token.
"""

import hmac
from contextlib import suppress
from functools import cached_property
from time import time
from typing import Any

from flask import Flask, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey

from assembly_required.conduit.errors import Unauthorized
from assembly_required.conduit.model import Caller, User
from assembly_required.web.signing import LEEWAY, secret_keys

ONE_DAY = 24 * 60 * 60
PURPOSE = b"elsewhere.joserfc_tokens"
HEADER = {"alg": "dir", "enc": "A256GCM"}


class JoserfcTokens:
    """Tokens encrypted with a key derived from the app's secret key.

    :param max_age: how many seconds a token is valid.
    """

    scheme = {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "Type the word Token, a space, and the token that login answered: `Token xyz`.",
    }

    def __init__(self, max_age: int) -> None:
        self._max_age = max_age
        self._registry = JWERegistry(algorithms=list(HEADER.values()))

    def issue(self, user: User) -> str:
        now = int(time())
        claims = {"sub": str(user.id), "gen": user.token_generation, "nbf": now, "exp": now + self._max_age}
        return jwt.encode(HEADER, claims, self._keys[-1], registry=self._registry)

    def caller(self) -> Caller | None:
        if not request.headers.get("Authorization"):
            return None
        sent = request.authorization
        if sent is None or sent.type not in ("token", "bearer") or not sent.token:
            raise Unauthorized.invalid()
        try:
            claims = self._decode(sent.token)
            required = jwt.JWTClaimsRegistry(int(time()), LEEWAY, nbf={"essential": True}, exp={"essential": True})
            required.validate(claims)
        except (JoseError, ValueError, TypeError):  # the last for a forged header with {"crit": 1} or {"enc": []}
            raise Unauthorized.invalid() from None
        return Caller(int(claims["sub"]), claims.get("gen", 0), sent.token)

    def _decode(self, token: str) -> dict[str, Any]:
        """Decrypt a token with the key that fits: after a rotation, a former one."""
        *former, current = self._keys
        for key in former:
            with suppress(JoseError, ValueError, TypeError):
                return jwt.decode(token, key, registry=self._registry).claims
        return jwt.decode(token, current, registry=self._registry).claims

    @cached_property
    def _keys(self) -> list[OctKey]:
        # Not made in build: an app is assembled before its key exists, and `flask setup` runs in such an app.
        return [OctKey.import_key(hmac.digest(key.encode(), PURPOSE, "sha256")) for key in secret_keys()]


def build(app: Flask) -> JoserfcTokens:
    """Tokens that are valid for ``TOKEN_DAYS``."""
    return JoserfcTokens(app.config["TOKEN_DAYS"] * ONE_DAY)
