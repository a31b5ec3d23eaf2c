"""Comments on an article."""

from typing import Annotated

from fastapi import APIRouter, Body

from .. import crud, queries, schemas
from ..deps import ArticleDep, CurrentUser, OwnComment, SessionDep, ViewerDep
from ..errors import describe_errors
from ..presenting import Marks, present_comment
from ..requests import StrictRoute

router = APIRouter(prefix="/articles/{slug}/comments", tags=["Comments"], route_class=StrictRoute)


@router.get("", responses=describe_errors(401, 404, 422))
def list_comments(session: SessionDep, viewer: ViewerDep, article: ArticleDep) -> schemas.CommentsResponse:
    """List the comments on an article, oldest first."""
    comments = session.scalars(queries.comments_on(article)).all()
    marks = crud.get_marks(session, viewer, [], (comment.author for comment in comments))
    return schemas.CommentsResponse(comments=[present_comment(comment, marks) for comment in comments])


@router.post("", status_code=201, responses=describe_errors(400, 401, 404, 413, 415, 422))
def add_comment(
    session: SessionDep,
    viewer: CurrentUser,
    article: ArticleDep,
    comment: Annotated[schemas.NewComment, Body(embed=True)],
) -> schemas.CommentResponse:
    """Comment on an article."""
    added = crud.add_comment(session, viewer, article, comment)
    return schemas.CommentResponse(comment=present_comment(added, Marks()))


@router.delete("/{id}", status_code=204, responses=describe_errors(401, 403, 404, 422))
def delete_comment(session: SessionDep, viewer: CurrentUser, comment: OwnComment) -> None:
    """Delete your own comment."""
    crud.delete(session, comment)
