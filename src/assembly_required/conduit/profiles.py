"""Looking at others, and following them.

*In Django* following is a ``ManyToManyField("self", symmetrical=False)`` on the user; ``request.user.following.add(x)``
is idempotent by itself.

*Here* the store has two verbs for it, idempotent too, whatever the ORM does below.

*What it costs*: ``following`` depends on who looks, so every profile is read for a viewer.

*Next*: :mod:`assembly_required.conduit.slugs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import NotFound
from .limits import storable
from .model import Profile, User
from .operation import operation

if TYPE_CHECKING:
    from .interfaces import Store


def the_profile(store: Store, viewer: User | None, username: str) -> Profile:
    """What ``{username}`` in a path means."""
    profile = store.profile(username, viewer) if storable(username) else None
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
    """Look at somebody's profile."""
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
    """Follow somebody."""
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
    """Stop following somebody."""
    store.unfollow(viewer, profile)
    profile.following = False
    return {"profile": profile}
