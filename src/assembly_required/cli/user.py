"""``flask user``: accounts and permissions at the command line.

The commands use the same functions as the registration form and the API, with the same limits.
"""

import json
from difflib import get_close_matches

import click

from ..conduit.errors import Refusal
from ..conduit.interfaces import Store
from ..conduit.limits import storable
from ..conduit.model import User
from ..conduit.permissions import GROUPS, PERMISSIONS, STAFF
from ..conduit.users import register
from .ready import ready, with_database


@click.group()
def user() -> None:
    """Create and delete users, and manage their permissions."""


@user.command()
@click.argument("username")
@click.argument("email")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given.")
@click.option("--staff", is_flag=True, help="Let the user enter the admin.")
@with_database
def create(username: str, email: str, password: str, staff: bool) -> None:
    """Create a user who can sign in with EMAIL."""
    parts = ready()
    try:
        new = parts.validation.loader("NewUser")({"user": {"username": username, "email": email, "password": password}})
        created = register(new, parts.store, parts.hashing)
    except Refusal as refusal:
        problems = (f"{field} {message}" for field, messages in refusal.errors.items() for message in messages)
        raise click.ClickException(f"The user was not created: {'; '.join(problems)}.") from None
    if staff:
        parts.store.grant(created, STAFF)
    click.echo(f"Created {created.username}{', who belongs to staff' if staff else ''}.")


@user.command()
@click.argument("username")
@click.confirmation_option(prompt="Delete this user, with all articles, comments and favorites?")
@with_database
def delete(username: str) -> None:
    """Delete a user, with their articles, comments and favorites."""
    store = ready().store
    found = _the_user(store, username)
    store.remove_user(found)
    click.echo(f"Deleted {found.username}.")


@user.command()
@click.argument("username")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@with_database
def grant(username: str, names: tuple[str, ...]) -> None:
    """Put a user into groups, or give them single permissions.

    \b
    Groups:      moderators, staff
    Permissions: article.edit, article.delete, comment.delete, admin.enter
    """
    store = ready().store
    found = _the_user(store, username)
    for name in _known(names):
        store.grant(found, name)
    _say_grants(store, found)


@user.command()
@click.argument("username")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@with_database
def revoke(username: str, names: tuple[str, ...]) -> None:
    """Take groups or permissions away from a user."""
    store = ready().store
    found = _the_user(store, username)
    for name in _known(names):
        store.revoke(found, name)
    _say_grants(store, found)


@user.command()
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_database
def show(username: str, as_json: bool) -> None:
    """Show the grants of a user, and the permissions that follow from them."""
    parts = ready()
    found = _the_user(parts.store, username)
    rights = parts.permissions.of(found)
    may = [permission for permission in PERMISSIONS if rights.may(permission)]
    if as_json:
        said = {"username": found.username, "email": found.email, "grants": parts.store.grants(found), "may": may}
        click.echo(json.dumps(said, indent=2))
        return
    _say_grants(parts.store, found)
    click.echo(f"Permissions beyond their own content: {', '.join(may) or 'nothing'}.")


def _the_user(store: Store, username: str) -> User:
    profile = store.profile(username, None) if storable(username) else None
    found = store.user(profile.id) if profile else None
    if found is None:
        raise click.ClickException(f"There is no user {username!r}. Names are exact: 'Ana' and 'ana' are two users.")
    return found


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    known = GROUPS + PERMISSIONS
    for name in names:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            hint = f" Did you mean {meant[0]!r}?" if meant else ""
            raise click.BadParameter(f"{name!r} is no group and no permission: choose from {', '.join(known)}.{hint}")
    return names


def _say_grants(store: Store, user: User) -> None:
    click.echo(f"{user.username}: {', '.join(store.grants(user)) or 'no grants'}.")
