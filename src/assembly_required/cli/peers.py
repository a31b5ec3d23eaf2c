"""``flask peers``: set up and run the same application on other frameworks.

Each peer is a project of its own, with its own commands; these commands call them, so that all peers are used alike.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..data import demo
from ..data import seed as seeds
from ..data.export import Tables, export_demo, export_seed, format_lines
from ..lab.peers import PEERS, Peer, PeerError, Place
from ..lab.weight import count_peer, count_stack
from ..stack.names import suggest
from ..stack.slots import SLOTS
from ..stack.stacks import STACKS
from .choices import as_json, list_stack, read_project
from .tables import build_grid, print_lines

PARTS = [*SLOTS, "blog", "site", "project"]
"""What the files of a peer are assigned to: the slots, and what no slot stands for."""

TESTS = "tests"
"""The part for the tests of a peer. They are not part of the application, so they are shown apart."""

COUNTED = (
    "Lines of code, without docstrings, comments and blank lines; of templates, styles and settings, the lines with "
    "content; a README counts nothing. A stack has only its adapters here: the blog, the site and the project are the "
    "same for all stacks."
)


def find_peer(context: click.Context, parameter: click.Parameter, name: str) -> Peer:
    """Find a peer by its name, and check that its packages are installed."""
    if name not in PEERS:
        raise click.BadParameter(f"{name!r} is not a peer: choose one of {', '.join(PEERS)}.{suggest(name, PEERS)}")
    with report_failure():
        PEERS[name].check()
    return PEERS[name]


@contextmanager
def report_failure() -> Iterator[None]:
    """Turn a failure of a peer into an error message."""
    try:
        yield
    except PeerError as error:
        raise click.ClickException(str(error)) from None


name_argument = click.argument("peer", metavar="NAME", callback=find_peer)


@click.group()
def peers() -> None:
    """Set up and run the same application on other frameworks.

    \b
    flask peers setup django --demo
    flask peers run django

    A peer keeps its data in instance/peers, or in the PostgreSQL database that DATABASE_URL names.
    """


@peers.command("list")
def list_() -> None:
    """List the peers."""
    print_lines([build_grid([(peer.name, peer.summary) for peer in PEERS.values()], ("cyan",))])


@peers.command()
@name_argument
@click.option("--demo", "with_demo", is_flag=True, help="Also write a few users, articles and comments.")
def setup(peer: Peer, with_demo: bool) -> None:
    """Create or update the database of the peer NAME. Existing data is kept."""
    with report_failure():
        locate(peer).call(peer.setup)
    if with_demo:
        load(peer, peer.load_if_empty, export_demo())
        click.echo(f"Sign in as {demo.EMAIL} with the password {demo.PASSWORD}")
    click.echo(f"Start it with: flask peers run {peer.name}")


@peers.command()
@name_argument
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
def run(peer: Peer, port: int) -> None:
    """Start the development server of the peer NAME."""
    with report_failure():
        locate(peer).call(peer.run, port=str(port))


@peers.command()
@name_argument
@click.option("--users", type=click.IntRange(1, 100_000), default=200, show_default=True, help="The number of users.")
@click.option(
    "--articles", type=click.IntRange(0, 1_000_000), default=1_000, show_default=True, help="The number of articles."
)
def seed(peer: Peer, users: int, articles: int) -> None:
    """Write the same generated users and articles into the peer NAME as 'flask seed' writes into the blog."""
    load(peer, peer.load, export_seed(users, articles))
    click.echo(f"Sign in as {seeds.email(seeds.USERNAME)} with the password {seeds.PASSWORD}")


@peers.command("delete-user")
@name_argument
@click.argument("username", metavar="USER")
def delete_user(peer: Peer, username: str) -> None:
    """Delete the user USER of the peer NAME, with their articles, comments and favorites."""
    with report_failure():
        locate(peer).call(peer.delete_user, username=username)


@peers.command()
@as_json
def lines(as_json: bool) -> None:
    """Count the lines of code that each peer, and each named stack, needs for each slot.

    A peer also has the lines of the application itself; those of the stacks are shared, and are not counted. Tests are
    counted apart.
    """
    counted = {peer.name: count_peer(peer) for peer in PEERS.values()}
    counted |= {f"stack {name}": count_stack(list_stack(STACKS[name])) for name in STACKS}
    if as_json:
        click.echo(json.dumps({"counted": COUNTED, "lines": counted}, indent=2))
        return
    rows = [("", *counted), *(build_row(part, counted) for part in PARTS), (), build_row(TESTS, counted)]
    print_lines([build_grid(rows, ("cyan",)), "", COUNTED])


def build_row(part: str, counted: dict[str, dict[str, int]]) -> tuple[str, ...]:
    """Return a row of the table: a part, and its lines on each peer and stack."""
    return (part, *(str(lines.get(part, "")) for lines in counted.values()))


def locate(peer: Peer) -> Place:
    """Return the place of a peer in this project."""
    return Place(peer, read_project().instance / "peers")


def load(peer: Peer, command: str, tables: Tables) -> None:
    """Write rows into the database of a peer."""
    with report_failure():
        locate(peer).feed(command, format_lines(tables))
