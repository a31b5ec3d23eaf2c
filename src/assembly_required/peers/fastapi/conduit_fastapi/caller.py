"""The token in the header, and names in the path: what needs no session.

These dependencies wait for nothing, so they are ``async``: FastAPI would run each ``def`` in a thread.
"""

from typing import Annotated

import jwt
from fastapi import Depends, Security
from fastapi.security import APIKeyHeader

from .errors import not_found, token_invalid
from .security import Claims, read_token

# bent: OAuth2PasswordBearer takes the scheme Bearer, and a form instead of JSON for the login
header = APIKeyHeader(name="Authorization", auto_error=False, scheme_name="Token", description="Token <jwt>")


async def get_token(sent: Annotated[str | None, Security(header)]) -> str | None:
    """Return the token from the header, or ``None`` if there is no header."""
    if sent is None:
        return None
    scheme, _, token = sent.partition(" ")
    if scheme.lower() not in ("token", "bearer"):
        raise token_invalid()
    return token.strip()


TokenDep = Annotated[str | None, Depends(get_token)]


async def get_claims(token: TokenDep) -> Claims | None:
    if token is None:
        return None
    try:
        return read_token(token)
    except jwt.InvalidTokenError:
        raise token_invalid() from None


ClaimsDep = Annotated[Claims | None, Depends(get_claims)]


def check_storable(text: str, what: str) -> str:
    if "\0" in text:
        raise not_found(what)
    return text
