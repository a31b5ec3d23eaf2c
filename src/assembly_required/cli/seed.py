"""``flask seed``: a blog of any size.

*In Django* a management command that everybody writes anew, or ``loaddata`` with a fixture of megabytes.

*Here* :func:`assembly_required.data.seed.fill` at the command line, under the lock that ``flask setup`` takes: the
second of two processes finds the rows of the first, and says so.

*What it costs*: a progress bar needs to know how many rows will come, so the articles are outlined once more.

*Next*: :mod:`assembly_required.cli.compare`.
"""

import sys
from time import perf_counter

import click

from ..data import seed as seeds
from ..web import firstrun
from .ready import ready, with_database


@click.command()
@click.option("--users", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many users.")
@click.option(
    "--articles", type=click.IntRange(0, 1_000_000), default=1_000, show_default=True, help="How many articles."
)
@with_database
def seed(users: int, articles: int) -> None:
    """Fill the blog with made-up users and articles.

    With them come 200 tags, for each user 10 follows, and for each article 6 favorites and 3 comments, on average. The
    same numbers give the same blog each time. A database can be seeded once; what is in it already stays as it is.
    """
    parts = ready()
    started = perf_counter()
    with firstrun.alone(parts.settings):
        seeds.check(parts.store, users, articles)
        counts = seeds.counts(users, articles)
        with click.progressbar(length=sum(counts.values()), label="Seeding", file=sys.stderr) as bar:
            seeds.fill(parts.store, parts.hashing, users, articles, progress=bar.update)
    click.echo(report(counts, perf_counter() - started))
    click.echo(f"Sign in as {seeds.email(seeds.USERNAME)} with the password {seeds.PASSWORD}")


def report(counts: dict[str, int], seconds: float) -> str:
    """What was written, and how long it took."""
    named = [f"{number:,} {table}" for table, number in counts.items() if table != "article_tags"]
    return f"Wrote {', '.join(named[:-1])} and {named[-1]} in {seconds:.1f} s."
