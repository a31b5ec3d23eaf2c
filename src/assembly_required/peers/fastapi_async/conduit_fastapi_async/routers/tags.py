"""The tags in use, and whether the server works."""

from fastapi import APIRouter
from sqlalchemy import text

from conduit_fastapi import queries, schemas

from ..deps import SessionDep

router = APIRouter(tags=["Tags"])
health = APIRouter(tags=["Health"])


@router.get("/tags")
async def list_tags(session: SessionDep) -> schemas.TagsResponse:
    """List the tags of all articles."""
    return schemas.TagsResponse(tags=list(await session.scalars(queries.all_tags())))


@health.get("/health")
async def check_health(session: SessionDep) -> schemas.Health:
    """Answer 200 if the database answers."""
    await session.execute(text("SELECT 1"))
    return schemas.Health(status="ok")
