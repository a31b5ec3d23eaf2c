"""Profiles, and who follows whom."""

from fastapi import APIRouter

from .. import crud, queries, schemas
from ..deps import CurrentUser, ProfileDep, SessionDep, ViewerDep
from ..errors import describe_errors
from ..models import User
from ..presenting import present_profile

router = APIRouter(prefix="/profiles/{username}", tags=["Profiles"], responses=describe_errors(401, 404, 422))


def answer(session: SessionDep, viewer: User | None, profile: User) -> schemas.ProfileResponse:
    marks = crud.get_marks(session, viewer, [], [profile])
    return schemas.ProfileResponse(profile=present_profile(profile, marks))


@router.get("")
def read_profile(session: SessionDep, viewer: ViewerDep, profile: ProfileDep) -> schemas.ProfileResponse:
    """Read a profile."""
    return answer(session, viewer, profile)


@router.post("/follow")
def follow(session: SessionDep, viewer: CurrentUser, profile: ProfileDep) -> schemas.ProfileResponse:
    """Follow a user."""
    crud.add_link(session, queries.add_follow(viewer, profile))
    return answer(session, viewer, profile)


@router.delete("/follow")
def unfollow(session: SessionDep, viewer: CurrentUser, profile: ProfileDep) -> schemas.ProfileResponse:
    """Stop following a user."""
    crud.remove_link(session, queries.remove_follow(viewer, profile))
    return answer(session, viewer, profile)
