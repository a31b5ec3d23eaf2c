"""A pytest plugin with the options and fixtures of the contract.

All tests share one server and one database. Each test creates its own users, and none may expect an empty database.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from ..cli.choices import parse_choices
from ..cli.user import user as user_commands
from ..lab.peers import PEERS, PeerError, Place, serve
from ..lab.sandbox import ready_app
from ..lab.selection import affects
from ..stack.assembly import choose, fits
from ..stack.settings import Settings
from ..stack.slots import SLOTS
from ..stack.stacks import STACKS
from ..workbench.mounting import WSGI
from ..workbench.visiting import visit
from .client import Client, Send, in_process, over_http
from .databases import POSTGRESQL, serve_app
from .pairs import cover
from .people import People

NOT_RUN = pytest.StashKey[int]()

PEER = "peer "
"""What the name of a stack starts with if it is not a stack, but a peer."""

DATABASES = {"database": ["sqlite", POSTGRESQL]}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract")
    group.addoption("--contract-url", metavar="URL", help="run the contract against this server")
    group.addoption(
        "--stack",
        metavar="STACK|SLOT=OPTION,...",
        action="append",
        help="run the contract on this stack only (repeatable); 'STACK on postgresql' uses that database; without "
        "--stack, run all tests on every named stack; on each option that no named stack has, the tests that it can "
        "affect",
    )
    group.addoption(
        "--peer",
        metavar="NAME",
        action="append",
        help="run the contract on a peer, such as django, by its server (repeatable); 'NAME on postgresql' uses that "
        "database",
    )
    group.addoption(
        "--through-workbench",
        action="store_true",
        help="send the requests to an app of the default stack, as a browser that has chosen --stack in the workbench",
    )
    group.addoption(
        "--pairs",
        action="store_true",
        help="run the contract on a few stacks, in both databases, that combine every two options that fit together",
    )
    group.addoption(
        "--delete-user",
        metavar="COMMAND",
        help="with --contract-url: the command that deletes a user there, such as 'flask user delete --yes {username}'",
    )

    parser.addini("stacks", "additional stacks to run the contract on, each written as for --stack", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Stop before the first test if a stack or a peer is not possible."""
    for peer in config.getoption("--peer") or ():
        check_peer(peer)
    asked = [(stack, "--stack") for stack in config.getoption("--stack") or ()]
    for stack, origin in asked or [(stack, "stacks in the configuration of pytest") for stack in read_stacks(config)]:
        settings = Settings(Path(), Path())
        try:
            settings.add(choices(stack), origin)
            choose(settings)
        except click.ClickException as error:
            raise pytest.UsageError(error.message) from None


def check_peer(peer: str) -> None:
    """Check the name of a peer and its database, and that its packages are installed."""
    name, on, database = peer.partition(" on ")
    if name not in PEERS or (on and database != POSTGRESQL):
        raise pytest.UsageError(
            f"--peer {peer!r} is not a peer: choose one of {', '.join(PEERS)}, alone or with ' on {POSTGRESQL}'."
        )
    try:
        PEERS[name].check()
    except PeerError as error:
        raise pytest.UsageError(str(error)) from None


def choices(stack: str) -> dict[str, str]:
    """Return the config keys of a stack that is written as for ``--stack``."""
    name, on, database = stack.partition(" on ")
    if on and database != POSTGRESQL:
        raise click.UsageError(
            f"{stack!r} names the database {database!r}, but a stack runs on SQLite or PostgreSQL. "
            f"Write {name!r} or '{name} on postgresql'."
        )
    return parse_choices(name.split(",") if "=" in name else [f"stack={name}"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of the contract on each stack."""
    module = metafunc.module.__name__
    if "send" in metafunc.fixturenames and module.startswith("assembly_required.contract"):
        metafunc.parametrize("stack", stacks(metafunc.config, module), indirect=True, scope="session")


def stacks(config: pytest.Config, module: str) -> list[str]:
    """Return the stacks, or the URL, to run a module of the contract on, each written as for ``--stack``."""
    if config.getoption("--contract-url"):
        return [config.getoption("--contract-url")]
    if config.getoption("--peer"):
        return [f"{PEER}{peer}" for peer in config.getoption("--peer")]
    if config.getoption("--stack"):
        return list(config.getoption("--stack"))
    if config.getoption("--pairs"):
        return [*map(format_stack, cover(DATABASES | {name: slot.names for name, slot in SLOTS.items()}, stack_fits))]
    named = {choice for stack in STACKS.values() for choice in stack.items()}
    others = [f"{slot}={name}" for slot in SLOTS for name in SLOTS[slot].names[1:] if (slot, name) not in named]
    others_in_migrations = [f"migrations={name}" for name in SLOTS["migrations"].names[1:]]
    swaps = [*(f"orm={name}" for name in SLOTS["orm"].names), *others_in_migrations]
    databases = [f"{swap} on {POSTGRESQL}" for swap in swaps]
    return [stack for stack in [*STACKS, *others, *read_stacks(config), *databases] if affects(stack, module)]


def read_stacks(config: pytest.Config) -> list[str]:
    """Return the additional stacks in the configuration of pytest, for adapters from other packages."""
    stacks: list[str] = config.getini("stacks")
    return stacks


def stack_fits(stack: Mapping[str, str]) -> bool:
    """Return whether the options of a stack fit together. The database does not matter."""
    return fits({slot: name for slot, name in stack.items() if slot in SLOTS})


def format_stack(stack: Mapping[str, str]) -> str:
    """Write a stack as for ``--stack``."""
    choice = ",".join(f"{slot}={name}" for slot, name in stack.items() if slot in SLOTS)
    return f"{choice} on {POSTGRESQL}" if stack["database"] == POSTGRESQL else choice


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that delete a user if ``--contract-url`` is given without ``--delete-user``."""
    if not config.getoption("--contract-url") or config.getoption("--delete-user"):
        return
    needing = [item for item in items if "delete_user" in getattr(item, "fixturenames", ())]
    config.stash[NOT_RUN] = len(needing)
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash.get(NOT_RUN, 0):
        terminalreporter.write_line(f"{config.stash[NOT_RUN]} cases were not run: they need --delete-user.")


@pytest.fixture(scope="session")
def stack(request: pytest.FixtureRequest) -> str:
    """The stack to test. Tests outside the contract use the default stack."""
    chosen: str = getattr(request, "param", "classic")
    return chosen


@pytest.fixture(scope="session")
def app(
    stack: str,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    postgresql: Callable[[], Any],
) -> Iterator[Flask]:
    """The app to test."""
    chosen = {} if pytestconfig.getoption("--through-workbench") else choices(stack)
    make = partial(ready_app, tmp_path_factory.mktemp("instance"), pytestconfig.rootpath, **chosen)
    with serve_app(make, stack.partition(" on ")[2], postgresql) as app:
        yield app


@pytest.fixture(scope="session")
def switched(app: Flask, stack: str) -> Iterator[WSGI]:
    """The app, as a browser sees it that has chosen the stack in the workbench."""
    with visit(app, choices(stack)) as switched:
        yield switched


@pytest.fixture(scope="session")
def peer(
    stack: str, tmp_path_factory: pytest.TempPathFactory, postgresql: Callable[[], Any]
) -> Iterator[tuple[str, Place]]:
    """The URL of the server of the peer to test, and its place."""
    name, _, database = stack.removeprefix(PEER).partition(" on ")
    with ExitStack() as context:
        variables = {"DATABASE_URL": context.enter_context(postgresql())} if database else {}
        yield context.enter_context(serve(name, tmp_path_factory.mktemp("peer"), **variables))


@pytest.fixture(scope="session")
def send(stack: str, request: pytest.FixtureRequest) -> Send:
    """The function that sends requests to the server or the app."""
    if stack.startswith(PEER):
        return over_http(request.getfixturevalue("peer")[0])
    url = request.config.getoption("--contract-url")
    if url:
        return over_http(url)
    through = request.config.getoption("--through-workbench")
    return in_process(request.getfixturevalue("switched" if through else "app"))


@pytest.fixture(scope="session")
def anyone(send: Send) -> Client:
    """A caller without a token."""
    return Client(send)


@pytest.fixture
def people(anyone: Client) -> People:
    """Creates users."""
    return People(anyone)


@pytest.fixture(scope="session")
def delete_user(stack: str, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """A function that deletes a user with a shell command, because the API has no operation for it."""
    if stack.startswith(PEER):
        place: Place = request.getfixturevalue("peer")[1]
        return lambda name: place.call(place.peer.delete_user, username=name)
    command = request.config.getoption("--delete-user")
    if command:
        arguments = shlex.split(command, posix=os.name == "posix")
        return lambda name: _run([argument.replace("{username}", name) for argument in arguments])
    runner = request.getfixturevalue("app").test_cli_runner()

    def delete(username: str) -> None:
        result = runner.invoke(user_commands, ["delete", "--yes", username])
        assert result.exit_code == 0, result.output

    return delete


def _run(arguments: list[str]) -> None:
    subprocess.run(arguments, check=True)  # noqa: S603 - the command comes from the person who runs the suite
