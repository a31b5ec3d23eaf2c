"""Profiles: read, follow and unfollow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import NotFound
from .limits import storable
from .model import Profile, User
from .names import normalize_username
from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Store


def the_profile(store: Store, viewer: User | None, username: str) -> Profile:
    """Return the profile that ``{username}`` in a path names.

    :raises NotFound: there is no such user.
    """
    profile = store.profile(normalize_username(username), viewer) if storable(username) else None
    if profile is None:
        raise NotFound("profile")
    return profile


@operation(
    "GET",
    "/profiles/{username}",
    tag="Profiles",
    caller="optional",
    profile=the_profile,
    gives="Profile",
    raises=(NotFound,),
)
def get_profile(profile: Profile) -> dict[str, Any]:
    """Read the profile of a user."""
    return {"profile": profile}


@operation(
    "POST",
    "/profiles/{username}/follow",
    tag="Profiles",
    caller="user",
    profile=the_profile,
    gives="Profile",
    raises=(NotFound,),
)
def follow(store: Store, viewer: User, profile: Profile) -> dict[str, Any]:
    """Follow a user."""
    store.follow(viewer, profile)
    profile.following = True
    return {"profile": profile}


@operation(
    "DELETE",
    "/profiles/{username}/follow",
    tag="Profiles",
    caller="user",
    profile=the_profile,
    gives="Profile",
    raises=(NotFound,),
)
def unfollow(store: Store, viewer: User, profile: Profile) -> dict[str, Any]:
    """Stop following a user."""
    store.unfollow(viewer, profile)
    profile.following = False
    return {"profile": profile}
