"""``flask seed``: add generated users and articles to the blog, or remove them."""

import sys
from time import perf_counter

import click
from click.core import ParameterSource

from ..conduit.interfaces import Store
from ..data import seed as seeds
from ..stack.assembly import Assembled
from ..web import firstrun
from .ready import require_setup, with_database


@click.command()
@click.option("--users", type=click.IntRange(1, 100_000), default=200, show_default=True, help="The number of users.")
@click.option(
    "--articles", type=click.IntRange(0, 1_000_000), default=1_000, show_default=True, help="The number of articles."
)
@click.option("--remove", is_flag=True, help="Remove the generated users, all their content, and the tags.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@click.pass_context
@with_database
def seed(context: click.Context, users: int, articles: int, remove: bool, yes: bool) -> None:
    """Add generated users and articles to the blog.

    There are also 200 tags and, on average, 10 follows per user, and 6 favorites and 3 comments per article. The
    same numbers always give the same content. A database can be seeded once, and again after --remove. Other users,
    their articles and the demo data are not changed.
    """
    check_options(context, remove, yes)
    parts = require_setup()
    with firstrun.alone(parts.settings):
        if remove:
            remove_seeds(parts.store, yes)
        else:
            add_seeds(parts, users, articles)


def check_options(context: click.Context, remove: bool, yes: bool) -> None:
    """Refuse options that have no effect in this combination."""
    if yes and not remove:
        raise click.UsageError(
            "--yes was given, but only --remove asks for confirmation. Type: flask seed --remove --yes", context
        )
    for name in ("users", "articles"):
        if remove and context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise click.UsageError(
                f"--remove and --{name} were given, but a part of the generated data cannot be removed. "
                "To remove all of it, type: flask seed --remove",
                context,
            )


def add_seeds(parts: Assembled, users: int, articles: int) -> None:
    """Write the rows, with a progress bar."""
    started = perf_counter()
    seeds.check(parts.store, users, articles)
    counts = seeds.counts(users, articles)
    with click.progressbar(length=sum(counts.values()), label="Seeding", file=sys.stderr) as bar:
        seeds.fill(parts.store, parts.hashing, users, articles, progress=bar.update)
    click.echo(report(counts, perf_counter() - started))
    click.echo(f"Sign in as {seeds.email(seeds.USERNAME)} with the password {seeds.PASSWORD}")


def remove_seeds(store: Store, yes: bool) -> None:
    """Delete the rows, after a confirmation."""
    users = seeds.find_users(store)
    if users and not yes:
        question = f"Delete {len(users):,} generated users, with all their articles, comments and favorites?"
        click.confirm(question, abort=True)
    with click.progressbar(length=len(users), label="Removing", file=sys.stderr) as bar:
        seeds.remove(store, users, progress=bar.update)
    click.echo(f"Removed {len(users):,} generated users." if users else "There are no generated users to remove.")


def report(counts: dict[str, int], seconds: float) -> str:
    """Describe what was written, and how long it took."""
    named = [f"{number:,} {table}" for table, number in counts.items() if table != "article_tags"]
    return f"Wrote {', '.join(named[:-1])} and {named[-1]} in {seconds:.1f} s."
