"""The options and fixtures of the contract, as a pytest plugin.

All cases share one server and one database, and each case makes its own users: none may expect an empty database.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from ..cli.stack import parsed
from ..cli.user import user as user_commands
from ..lab.sandbox import ready_app
from ..stack.assembly import choose, fits
from ..stack.settings import Settings
from ..stack.slots import SLOTS
from ..stack.stacks import STACKS
from .client import Client, Send, in_process, over_http
from .databases import POSTGRESQL, serving
from .pairs import cover
from .people import People
from .selection import affects

NOT_RUN = pytest.StashKey[int]()

DATABASES = {"database": ["sqlite", POSTGRESQL]}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("contract")
    group.addoption("--contract-url", metavar="URL", help="run the contract against this server")
    group.addoption(
        "--stack",
        metavar="STACK|SLOT=OPTION,...",
        action="append",
        help="run the contract on this stack, and only on those named; without it on every named stack, and for "
        "each option the cases that it can affect; 'STACK on postgresql' takes that database",
    )
    group.addoption(
        "--pairs",
        action="store_true",
        help="run the contract on a few stacks, in both databases, in which every two options that fit together meet",
    )
    group.addoption(
        "--delete-user",
        metavar="COMMAND",
        help="with --contract-url: how to delete a user there, such as 'flask user delete --yes {username}'",
    )

    parser.addini("stacks", "more stacks to run the contract on, each as --stack takes it", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """A stack that cannot be is said before anything runs."""
    asked = [(stack, "--stack") for stack in config.getoption("--stack") or ()]
    for stack, origin in asked or [(stack, "stacks in the configuration of pytest") for stack in more(config)]:
        settings = Settings(Path(), Path())
        try:
            settings.add(choices(stack), origin)
            choose(settings)
        except click.ClickException as error:
            raise pytest.UsageError(error.message) from None


def choices(stack: str) -> dict[str, str]:
    """The config keys of a stack, as ``--stack`` names it."""
    name, on, database = stack.partition(" on ")
    if on and database != POSTGRESQL:
        raise click.UsageError(f"{stack!r}: a stack runs on SQLite, or as '{name} on postgresql'.")
    return parsed(name.split(",") if "=" in name else [f"stack={name}"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each case of the contract on each stack."""
    module = metafunc.module.__name__
    if "send" in metafunc.fixturenames and module.startswith("assembly_required.contract"):
        metafunc.parametrize("stack", stacks(metafunc.config, module), indirect=True, scope="session")


def stacks(config: pytest.Config, module: str) -> list[str]:
    """What to run a module of the contract on, each as ``--stack`` takes it."""
    if config.getoption("--contract-url"):
        return [config.getoption("--contract-url")]
    if config.getoption("--stack"):
        return list(config.getoption("--stack"))
    if config.getoption("--pairs"):
        return [*map(named, cover(DATABASES | {name: slot.names for name, slot in SLOTS.items()}, fitting))]
    others = [f"{slot.name}={name}" for slot in SLOTS.values() for name in slot.names[1:]]
    databases = [f"{slot}={name} on {POSTGRESQL}" for slot in ("orm", "migrations") for name in SLOTS[slot].names]
    return [stack for stack in [*STACKS, *others, *more(config), *databases] if affects(stack, module)]


def more(config: pytest.Config) -> list[str]:
    """The stacks, besides its own, that a project runs the contract on: with adapters from outside."""
    found: list[str] = config.getini("stacks")
    return found


def fitting(stack: Mapping[str, str]) -> bool:
    """Whether a stack fits together; any runs in either database."""
    return fits({slot: name for slot, name in stack.items() if slot in SLOTS})


def named(stack: Mapping[str, str]) -> str:
    """A stack as ``--stack`` takes it."""
    choice = ",".join(f"{slot}={name}" for slot, name in stack.items() if slot in SLOTS)
    return f"{choice} on {POSTGRESQL}" if stack["database"] == POSTGRESQL else choice


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a way to delete users on a server elsewhere, the cases that need one are not run, and it is said."""
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
    """The stack under contract; the default one for tests that are not part of the contract."""
    chosen: str = getattr(request, "param", "classic")
    return chosen


@pytest.fixture(scope="session")
def app(
    stack: str,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    postgresql: Callable[[], Any],
) -> Iterator[Flask]:
    """The app under contract."""
    make = partial(ready_app, tmp_path_factory.mktemp("instance"), pytestconfig.rootpath, **choices(stack))
    with serving(make, stack.partition(" on ")[2], postgresql) as app:
        yield app


@pytest.fixture(scope="session")
def send(stack: str, request: pytest.FixtureRequest) -> Send:
    """The way to the server under contract."""
    url = request.config.getoption("--contract-url")
    return over_http(url) if url else in_process(request.getfixturevalue("app"))


@pytest.fixture(scope="session")
def anyone(send: Send) -> Client:
    """A caller without a token."""
    return Client(send)


@pytest.fixture
def people(anyone: Client) -> People:
    """Makes users and what they write."""
    return People(anyone)


@pytest.fixture(scope="session")
def delete_user(stack: str, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Deletes a user by the command line, since the API has no operation for it."""
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
    subprocess.run(arguments, check=True)  # noqa: S603 - the command is the one typed by whoever runs the suite
