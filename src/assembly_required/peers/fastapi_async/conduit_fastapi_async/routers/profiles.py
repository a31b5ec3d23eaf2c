"""Profiles, and who follows whom."""

from fastapi import APIRouter

from conduit_fastapi import queries, schemas
from conduit_fastapi.errors import describe_errors
from conduit_fastapi.models import User
from conduit_fastapi.presenting import present_profile

from .. import crud
from ..deps import CurrentUser, ProfileDep, SessionDep, ViewerDep

router = APIRouter(prefix="/profiles/{username}", tags=["Profiles"], responses=describe_errors(401, 404, 422))


async def answer(session: SessionDep, viewer: User | None, profile: User) -> schemas.ProfileResponse:
    marks = await crud.get_marks(session, viewer, [], [profile])
    return schemas.ProfileResponse(profile=present_profile(profile, marks))


@router.get("")
async def read_profile(session: SessionDep, viewer: ViewerDep, profile: ProfileDep) -> schemas.ProfileResponse:
    """Read a profile."""
    return await answer(session, viewer, profile)


@router.post("/follow")
async def follow(session: SessionDep, viewer: CurrentUser, profile: ProfileDep) -> schemas.ProfileResponse:
    """Follow a user."""
    await crud.add_link(session, queries.add_follow(viewer, profile))
    return await answer(session, viewer, profile)


@router.delete("/follow")
async def unfollow(session: SessionDep, viewer: CurrentUser, profile: ProfileDep) -> schemas.ProfileResponse:
    """Stop following a user."""
    await crud.remove_link(session, queries.remove_follow(viewer, profile))
    return await answer(session, viewer, profile)
