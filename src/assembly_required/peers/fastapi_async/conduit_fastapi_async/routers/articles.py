"""Articles and favorites."""

from typing import Annotated

from fastapi import APIRouter, Body, Query

from conduit_fastapi import queries, schemas
from conduit_fastapi.errors import describe_errors
from conduit_fastapi.models import Article, User
from conduit_fastapi.presenting import present_article
from conduit_fastapi.requests import StrictRoute

from .. import crud
from ..deps import ArticleDep, CurrentUser, OwnArticle, SessionDep, ViewerDep

router = APIRouter(prefix="/articles", tags=["Articles"], route_class=StrictRoute)


async def answer(session: SessionDep, viewer: User | None, article: Article) -> schemas.ArticleResponse:
    return present_article(article, await crud.get_marks(session, viewer, [article], [article.author]))


@router.get("", responses=describe_errors(401, 422))
async def list_articles(
    session: SessionDep, viewer: ViewerDep, wanted: Annotated[schemas.ArticleFilter, Query()]
) -> schemas.ArticlesResponse:
    """List articles, newest first."""
    return await crud.get_articles(session, viewer, queries.filtered(wanted), wanted)


@router.get("/feed", responses=describe_errors(401, 422))
async def read_feed(
    session: SessionDep, viewer: CurrentUser, wanted: Annotated[schemas.Page, Query()]
) -> schemas.ArticlesResponse:
    """List articles by the authors you follow, newest first."""
    return await crud.get_articles(session, viewer, queries.feed(viewer), wanted)


@router.post("", status_code=201, responses=describe_errors(400, 401, 413, 415, 422))
async def publish_article(
    session: SessionDep, viewer: CurrentUser, article: Annotated[schemas.NewArticle, Body(embed=True)]
) -> schemas.ArticleResponse:
    """Publish an article."""
    return await answer(session, viewer, await crud.publish(session, viewer, article))


@router.get("/{slug}", responses=describe_errors(401, 404, 422))
async def read_article(session: SessionDep, viewer: ViewerDep, article: ArticleDep) -> schemas.ArticleResponse:
    """Read an article."""
    return await answer(session, viewer, article)


@router.put("/{slug}", responses=describe_errors(400, 401, 403, 404, 413, 415, 422))
async def update_article(
    session: SessionDep,
    viewer: CurrentUser,
    own: OwnArticle,
    article: Annotated[schemas.ArticleChanges, Body(embed=True)],
) -> schemas.ArticleResponse:
    """Change an article."""
    return await answer(session, viewer, await crud.update_article(session, own, article))


@router.delete("/{slug}", status_code=204, responses=describe_errors(401, 403, 404, 422))
async def delete_article(session: SessionDep, viewer: CurrentUser, own: OwnArticle) -> None:
    """Delete an article with its comments and favorites."""
    await crud.delete(session, own)


@router.post("/{slug}/favorite", tags=["Favorites"], responses=describe_errors(401, 404, 422))
async def favorite(session: SessionDep, viewer: CurrentUser, slug: str, article: ArticleDep) -> schemas.ArticleResponse:
    """Mark an article as a favorite."""
    await crud.add_link(session, queries.add_favorite(viewer, article))
    return await answer(session, viewer, await crud.get_article(session, slug))


@router.delete("/{slug}/favorite", tags=["Favorites"], responses=describe_errors(401, 404, 422))
async def unfavorite(
    session: SessionDep, viewer: CurrentUser, slug: str, article: ArticleDep
) -> schemas.ArticleResponse:
    """Remove an article from your favorites."""
    await crud.remove_link(session, queries.remove_favorite(viewer, article))
    return await answer(session, viewer, await crud.get_article(session, slug))
