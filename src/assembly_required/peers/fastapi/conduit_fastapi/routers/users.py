"""Registration, login and one's own account."""

from typing import Annotated

from fastapi import APIRouter, Body

from .. import crud, schemas
from ..caller import TokenDep
from ..deps import CurrentUser, SessionDep
from ..errors import describe_errors
from ..presenting import present_user
from ..requests import StrictRoute
from ..security import create_token
from ..throttling import AttemptsDep

router = APIRouter(tags=["Users"], route_class=StrictRoute)


@router.post("/users", status_code=201, responses=describe_errors(400, 409, 413, 415, 422, 503))
def register(session: SessionDep, user: Annotated[schemas.NewUser, Body(embed=True)]) -> schemas.UserResponse:
    """Register a new user."""
    registered = crud.register(session, user)
    return present_user(registered, create_token(registered.id, registered.token_generation))


@router.post("/users/login", responses=describe_errors(400, 401, 413, 415, 422, 429, 503))
def log_in(
    session: SessionDep, attempts: AttemptsDep, user: Annotated[schemas.Login, Body(embed=True)]
) -> schemas.UserResponse:
    """Sign in with email and password."""
    known = crud.authenticate(session, user, attempts)
    return present_user(known, create_token(known.id, known.token_generation))


@router.get("/user", responses=describe_errors(401))
def read_user(viewer: CurrentUser, token: TokenDep) -> schemas.UserResponse:
    """Read your own account. The token is the one that was sent."""
    return present_user(viewer, token or "")


@router.put("/user", responses=describe_errors(400, 401, 409, 413, 415, 422))
def update_user(
    session: SessionDep,
    viewer: CurrentUser,
    token: TokenDep,
    user: Annotated[schemas.UserChanges, Body(embed=True)],
) -> schemas.UserResponse:
    """Change your own account."""
    return present_user(crud.update_user(session, viewer, user), token or "")
