"""Registration, login and one's own account."""

from typing import Annotated

from fastapi import APIRouter, Body

from conduit_fastapi import schemas
from conduit_fastapi.caller import TokenDep
from conduit_fastapi.errors import describe_errors
from conduit_fastapi.presenting import present_user
from conduit_fastapi.requests import StrictRoute
from conduit_fastapi.security import create_token
from conduit_fastapi.throttling import AttemptsDep

from .. import crud
from ..deps import CurrentUser, SessionDep

router = APIRouter(tags=["Users"], route_class=StrictRoute)


@router.post("/users", status_code=201, responses=describe_errors(400, 409, 413, 415, 422, 503))
async def register(session: SessionDep, user: Annotated[schemas.NewUser, Body(embed=True)]) -> schemas.UserResponse:
    """Register a new user."""
    registered = await crud.register(session, user)
    return present_user(registered, create_token(registered.id, registered.token_generation))


@router.post("/users/login", responses=describe_errors(400, 401, 413, 415, 422, 429, 503))
async def log_in(
    session: SessionDep, attempts: AttemptsDep, user: Annotated[schemas.Login, Body(embed=True)]
) -> schemas.UserResponse:
    """Sign in with email and password."""
    known = await crud.authenticate(session, user, attempts)
    return present_user(known, create_token(known.id, known.token_generation))


@router.get("/user", responses=describe_errors(401))
async def read_user(viewer: CurrentUser, token: TokenDep) -> schemas.UserResponse:
    """Read your own account. The token is the one that was sent."""
    return present_user(viewer, token or "")


@router.put("/user", responses=describe_errors(400, 401, 409, 413, 415, 422))
async def update_user(
    session: SessionDep,
    viewer: CurrentUser,
    token: TokenDep,
    user: Annotated[schemas.UserChanges, Body(embed=True)],
) -> schemas.UserResponse:
    """Change your own account."""
    return present_user(await crud.update_user(session, viewer, user), token or "")
