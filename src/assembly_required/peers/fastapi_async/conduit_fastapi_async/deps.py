"""What operations ask for: a session, the caller, the objects that the path names."""

from typing import Annotated

from fastapi import Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from conduit_fastapi import limits, schemas
from conduit_fastapi.caller import ClaimsDep, check_storable
from conduit_fastapi.errors import forbidden, token_invalid, token_missing
from conduit_fastapi.models import Article, Comment, User

from . import crud
from .database import get_session

SessionDep = Annotated[AsyncSession, Depends(get_session)]


async def get_viewer(claims: ClaimsDep, session: SessionDep) -> User | None:
    """Return who reads, or ``None`` for a visitor."""
    if claims is None:
        return None
    user = await session.get(User, claims.user_id)
    if user is None or user.token_generation != claims.generation:
        raise token_invalid()
    return user


ViewerDep = Annotated[User | None, Depends(get_viewer)]


async def get_current_user(viewer: ViewerDep) -> User:
    if viewer is None:
        raise token_missing()
    return viewer


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_profile(session: SessionDep, viewer: ViewerDep, username: str) -> User:
    return await crud.get_profile(session, schemas.normalize(check_storable(username, "profile")))


ProfileDep = Annotated[User, Depends(get_profile)]


async def get_article(session: SessionDep, viewer: ViewerDep, slug: str) -> Article:
    return await crud.get_article(session, check_storable(slug, "article"))


ArticleDep = Annotated[Article, Depends(get_article)]


async def get_own_article(article: ArticleDep, user: CurrentUser) -> Article:
    if article.author_id != user.id:
        raise forbidden("article")
    return article


OwnArticle = Annotated[Article, Depends(get_own_article)]


async def get_own_comment(
    session: SessionDep,
    article: ArticleDep,
    user: CurrentUser,
    id: Annotated[int, Path(ge=0, le=limits.BIGINT)],
) -> Comment:
    comment = await crud.get_comment(session, article, id)
    if comment.author_id != user.id:
        raise forbidden("comment")
    return comment


OwnComment = Annotated[Comment, Depends(get_own_comment)]
