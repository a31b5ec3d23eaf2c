"""Comments on an article."""

from typing import Annotated

from fastapi import APIRouter, Body

from conduit_fastapi import queries, schemas
from conduit_fastapi.errors import describe_errors
from conduit_fastapi.presenting import Marks, present_comment
from conduit_fastapi.requests import StrictRoute

from .. import crud
from ..deps import ArticleDep, CurrentUser, OwnComment, SessionDep, ViewerDep

router = APIRouter(prefix="/articles/{slug}/comments", tags=["Comments"], route_class=StrictRoute)


@router.get("", responses=describe_errors(401, 404, 422))
async def list_comments(session: SessionDep, viewer: ViewerDep, article: ArticleDep) -> schemas.CommentsResponse:
    """List the comments on an article, oldest first."""
    comments = (await session.scalars(queries.comments_on(article))).all()
    marks = await crud.get_marks(session, viewer, [], (comment.author for comment in comments))
    return schemas.CommentsResponse(comments=[present_comment(comment, marks) for comment in comments])


@router.post("", status_code=201, responses=describe_errors(400, 401, 404, 413, 415, 422))
async def add_comment(
    session: SessionDep,
    viewer: CurrentUser,
    article: ArticleDep,
    comment: Annotated[schemas.NewComment, Body(embed=True)],
) -> schemas.CommentResponse:
    """Comment on an article."""
    added = await crud.add_comment(session, viewer, article, comment)
    return schemas.CommentResponse(comment=present_comment(added, Marks()))


@router.delete("/{id}", status_code=204, responses=describe_errors(401, 403, 404, 422))
async def delete_comment(session: SessionDep, viewer: CurrentUser, comment: OwnComment) -> None:
    """Delete your own comment."""
    await crud.delete(session, comment)
