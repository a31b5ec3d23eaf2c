"""``flask user``: manage users and their permissions on the command line.

The commands use the same functions as the registration form and the API, so the same limits apply.
"""

import json
from difflib import get_close_matches

import click

from ..conduit.errors import NotFound, Refusal
from ..conduit.interfaces import Store
from ..conduit.model import User
from ..conduit.permissions import GROUPS, PERMISSIONS, STAFF
from ..conduit.profiles import the_profile
from ..conduit.users import register
from .ready import require_setup, with_database


@click.group()
def user() -> None:
    """Create and delete users, and manage their permissions."""


@user.command()
@click.argument("username")
@click.argument("email")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="If not given, the command asks for it."
)
@click.option("--staff", is_flag=True, help="Let the user enter the admin.")
@with_database
def create(username: str, email: str, password: str, staff: bool) -> None:
    """Create a user who can sign in with EMAIL."""
    parts = require_setup()
    try:
        new = parts.validation.loader("NewUser")({"user": {"username": username, "email": email, "password": password}})
        created = register(new, parts.store, parts.hashing)
    except Refusal as refusal:
        problems = (f"{field} {message}" for field, messages in refusal.errors.items() for message in messages)
        raise click.ClickException(f"The user was not created: {'; '.join(problems)}.") from None
    if staff:
        parts.store.grant(created, STAFF)
    click.echo(f"Created {created.username}{', a member of staff' if staff else ''}.")


@user.command()
@click.argument("username")
@click.confirmation_option(prompt="Delete this user, with all articles, comments and favorites?")
@with_database
def delete(username: str) -> None:
    """Delete a user, with their articles, comments and favorites."""
    store = require_setup().store
    found = _find_user(store, username)
    store.remove_user(found)
    click.echo(f"Deleted {found.username}.")


@user.command()
@click.argument("username")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@with_database
def grant(username: str, names: tuple[str, ...]) -> None:
    """Add a user to groups, or grant them permissions.

    \b
    Groups:      moderators, staff
    Permissions: article.edit, article.delete, comment.delete, admin.enter
    """
    store = require_setup().store
    found = _find_user(store, username)
    for name in _check_grants(names):
        store.grant(found, name)
    _print_grants(store, found)


@user.command()
@click.argument("username")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@with_database
def revoke(username: str, names: tuple[str, ...]) -> None:
    """Remove a user from groups, or revoke their permissions."""
    store = require_setup().store
    found = _find_user(store, username)
    for name in _check_grants(names):
        store.revoke(found, name)
    _print_grants(store, found)


@user.command()
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@with_database
def show(username: str, as_json: bool) -> None:
    """Show the groups and permissions of a user."""
    parts = require_setup()
    found = _find_user(parts.store, username)
    rights = parts.permissions.of(found)
    may = [permission for permission in PERMISSIONS if rights.may(permission)]
    if as_json:
        data = {"username": found.username, "email": found.email, "grants": parts.store.grants(found), "may": may}
        click.echo(json.dumps(data, indent=2))
        return
    _print_grants(parts.store, found)
    click.echo(f"Permissions beyond their own content: {', '.join(may) or 'nothing'}.")


def _find_user(store: Store, username: str) -> User:
    try:
        found = store.user(the_profile(store, None, username).id)
    except NotFound:
        found = None
    if found is None:
        raise click.ClickException(
            f"There is no user {username!r}. Check the spelling; upper and lower case letters are different."
        )
    return found


def _check_grants(names: tuple[str, ...]) -> tuple[str, ...]:
    known = GROUPS + PERMISSIONS
    for name in names:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            hint = f" Did you mean {meant[0]!r}?" if meant else ""
            raise click.BadParameter(f"{name!r} is not a group or a permission: choose from {', '.join(known)}.{hint}")
    return names


def _print_grants(store: Store, user: User) -> None:
    click.echo(f"{user.username}: {', '.join(store.grants(user)) or 'no grants'}.")
