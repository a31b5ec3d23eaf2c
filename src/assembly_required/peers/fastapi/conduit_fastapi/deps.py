"""What operations ask for: a session, the caller, the objects that the path names."""

from typing import Annotated

import jwt
from fastapi import Depends, Path, Security
from fastapi.security import APIKeyHeader
from sqlalchemy.orm import Session

from . import crud, limits, schemas
from .database import get_session
from .errors import forbidden, not_found, token_invalid, token_missing
from .models import Article, Comment, User
from .security import Claims, read_token

SessionDep = Annotated[Session, Depends(get_session)]

# bent: OAuth2PasswordBearer takes the scheme Bearer, and a form instead of JSON for the login
header = APIKeyHeader(name="Authorization", auto_error=False, scheme_name="Token", description="Token <jwt>")


def get_token(sent: Annotated[str | None, Security(header)]) -> str | None:
    """Return the token from the header, or ``None`` if there is no header."""
    if sent is None:
        return None
    scheme, _, token = sent.partition(" ")
    if scheme.lower() not in ("token", "bearer"):
        raise token_invalid()
    return token.strip()


TokenDep = Annotated[str | None, Depends(get_token)]


def get_claims(token: TokenDep) -> Claims | None:
    if token is None:
        return None
    try:
        return read_token(token)
    except jwt.InvalidTokenError:
        raise token_invalid() from None


ClaimsDep = Annotated[Claims | None, Depends(get_claims)]


def get_viewer(claims: ClaimsDep, session: SessionDep) -> User | None:
    """Return who reads, or ``None`` for a visitor."""
    if claims is None:
        return None
    user = session.get(User, claims.user_id)
    if user is None or user.token_generation != claims.generation:
        raise token_invalid()
    return user


ViewerDep = Annotated[User | None, Depends(get_viewer)]


def get_current_user(viewer: ViewerDep) -> User:
    if viewer is None:
        raise token_missing()
    return viewer


CurrentUser = Annotated[User, Depends(get_current_user)]


def check_storable(text: str, what: str) -> str:
    if "\0" in text:
        raise not_found(what)
    return text


def get_profile(session: SessionDep, viewer: ViewerDep, username: str) -> User:
    return crud.get_profile(session, schemas.normalize(check_storable(username, "profile")))


ProfileDep = Annotated[User, Depends(get_profile)]


def get_article(session: SessionDep, viewer: ViewerDep, slug: str) -> Article:
    return crud.get_article(session, check_storable(slug, "article"))


ArticleDep = Annotated[Article, Depends(get_article)]


def get_own_article(article: ArticleDep, user: CurrentUser) -> Article:
    if article.author_id != user.id:
        raise forbidden("article")
    return article


OwnArticle = Annotated[Article, Depends(get_own_article)]


def get_own_comment(
    session: SessionDep,
    article: ArticleDep,
    user: CurrentUser,
    id: Annotated[int, Path(ge=0, le=limits.BIGINT)],
) -> Comment:
    comment = crud.get_comment(session, article, id)
    if comment.author_id != user.id:
        raise forbidden("comment")
    return comment


OwnComment = Annotated[Comment, Depends(get_own_comment)]
