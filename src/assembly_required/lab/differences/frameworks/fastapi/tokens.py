"""The tokens of FastAPI's tutorial: a JSON Web Token by PyJWT, which names the user and ends after 30 minutes.

Source: https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer

from ...people import USERNAME
from .serving import serve

SECRET_KEY = secrets.token_hex(32)
ALGORITHM = "HS256"
ACCESS_TOKEN_EXPIRE_MINUTES = 30

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")


def create_access_token(data: dict[str, Any], expires_delta: timedelta) -> str:
    return jwt.encode({**data, "exp": datetime.now(UTC) + expires_delta}, SECRET_KEY, algorithm=ALGORITHM)


def get_current_user(token: Annotated[str, Depends(oauth2_scheme)]) -> str:
    try:
        username: str = jwt.decode(token, SECRET_KEY, algorithms=[ALGORITHM])["sub"]
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Could not validate credentials") from None
    return username


@app.get("/account")
def read_account(user: Annotated[str, Depends(get_current_user)]) -> str:
    """Say who the caller is."""
    return user


def answer() -> str:
    """Return a token that is accepted."""
    token = create_access_token({"sub": USERNAME}, timedelta(minutes=ACCESS_TOKEN_EXPIRE_MINUTES))
    with serve(app) as send:
        account = send(path="/account", headers={"Authorization": f"Bearer {token}"})
    if account.json != USERNAME:
        raise AssertionError(f"The app rejects its own token: {account.text}")
    return token
