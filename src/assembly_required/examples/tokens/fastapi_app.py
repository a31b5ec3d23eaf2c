"""A token for email and password, and an endpoint for its bearer: FastAPI with PyJWT.

``OAuth2PasswordRequestForm`` reads the form of OAuth2's password flow, where the email is in the field ``username``.
``OAuth2PasswordBearer`` takes the token from the header, and the dependency ``Depends(get_current_user)`` turns it
into a user. ``/docs`` shows the button "Authorize" because of these declarations. Set the password of the demo account
with ``PASSWORD``, or read it in the terminal.

Start it with ``uvicorn fastapi_app:app``; it also needs python-multipart.
https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/
"""

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from fastapi import Depends, FastAPI, HTTPException, status
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from jwt.exceptions import ExpiredSignatureError, InvalidTokenError
from pydantic import BaseModel

SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_hex()
ALGORITHM = "HS256"
ACCESS_TOKEN_EXPIRE_SECONDS = int(os.environ.get("TOKEN_SECONDS", 3600))

password_hasher = PasswordHasher()
demo_password = os.environ.get("PASSWORD") or secrets.token_urlsafe()
fake_users_db = {"jo@example.com": password_hasher.hash(demo_password)}
if "PASSWORD" not in os.environ:
    print("Sign in as jo@example.com with the password", demo_password)

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")


class Token(BaseModel):
    access_token: str
    token_type: str


class User(BaseModel):
    email: str


def unauthorized(detail: str) -> HTTPException:
    return HTTPException(status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"})


# step: issue
def authenticate_user(email: str, password: str) -> User | None:
    try:
        password_hasher.verify(fake_users_db[email], password)
    except (KeyError, VerifyMismatchError):
        return None
    return User(email=email)


@app.post("/token")
def login_for_access_token(form_data: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    user = authenticate_user(form_data.username, form_data.password)
    if user is None:
        raise unauthorized("Incorrect email or password")
    expire = datetime.now(UTC) + timedelta(seconds=ACCESS_TOKEN_EXPIRE_SECONDS)
    access_token = jwt.encode({"sub": user.email, "exp": expire}, SECRET_KEY, algorithm=ALGORITHM)
    return Token(access_token=access_token, token_type="bearer")


# step: verify
def get_current_user(token: Annotated[str, Depends(oauth2_scheme)]) -> User:
    try:
        payload = jwt.decode(token, SECRET_KEY, algorithms=[ALGORITHM], options={"require": ["exp", "sub"]})
    except ExpiredSignatureError:
        raise unauthorized("The token has expired") from None
    except InvalidTokenError:
        raise unauthorized("Could not validate credentials") from None
    return User(email=payload["sub"])


# step: use
@app.get("/me")
def read_users_me(current_user: Annotated[User, Depends(get_current_user)]) -> User:
    return current_user
