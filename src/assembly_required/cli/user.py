"""``flask user``: accounts from the command line.

*In Django* ``createsuperuser`` and ``changepassword``.

*Here* the same use case as the registration form and the API, with the same limits and the same words.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.cli.seed`.
"""

import click

from ..conduit.errors import Refusal
from ..conduit.users import register
from .ready import ready, with_database


@click.group()
def user() -> None:
    """Create and delete users."""


@user.command()
@click.argument("username")
@click.argument("email")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given.")
@with_database
def create(username: str, email: str, password: str) -> None:
    """Create a user who can sign in with EMAIL."""
    parts = ready()
    try:
        new = parts.validation.loader("NewUser")({"user": {"username": username, "email": email, "password": password}})
        created = register(new, parts.store, parts.hashing)
    except Refusal as refusal:
        problems = (f"{field} {message}" for field, messages in refusal.errors.items() for message in messages)
        raise click.ClickException(f"The user was not created: {'; '.join(problems)}.") from None
    click.echo(f"Created {created.username}.")


@user.command()
@click.argument("username")
@click.confirmation_option(prompt="Delete this user, with all articles, comments and favorites?")
@with_database
def delete(username: str) -> None:
    """Delete a user, and all that is his."""
    store = ready().store
    profile = store.profile(username, None)
    found = store.user(profile.id) if profile else None
    if found is None:
        raise click.ClickException(f"There is no user {username!r}. Names are exact: 'Ana' and 'ana' are two users.")
    store.remove_user(found)
    click.echo(f"Deleted {found.username}.")
