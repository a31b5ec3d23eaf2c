"""The tags in use, and whether the server works."""

from fastapi import APIRouter
from sqlalchemy import text

from .. import queries, schemas
from ..deps import SessionDep

router = APIRouter(tags=["Tags"])
health = APIRouter(tags=["Health"])


@router.get("/tags")
def list_tags(session: SessionDep) -> schemas.TagsResponse:
    """List the tags of all articles."""
    return schemas.TagsResponse(tags=list(session.scalars(queries.all_tags())))


@health.get("/health")
def check_health(session: SessionDep) -> schemas.Health:
    """Answer 200 if the database answers."""
    session.execute(text("SELECT 1"))
    return schemas.Health(status="ok")
