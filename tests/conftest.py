"""Fixtures for the tests of this application itself; those of the contract come from its plugin."""

import gc
import os
import shutil
import signal
import socket
import tomllib
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context

from assembly_required.contract.databases import disconnect
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.slots import SLOTS
from tests import lanes

ROOT = Path(__file__).parent.parent

MakeApp = Callable[..., Flask]

OUTSIDE: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["stacks"]
"""The stacks with adapters from outside, which the contract is run on too."""


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """The path of Chromium: what CHROMIUM names, or one on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def options(slot: str) -> list[str]:
    """The options of a slot: those of the table, and those from outside."""
    theirs = dict(choice.split("=") for stack in OUTSIDE for choice in stack.split(","))
    return SLOTS[slot].names + ([theirs[slot]] if slot in theirs else [])


def by_lane(values: Iterable[Any], *always: Any) -> list[Any]:
    """Parameters of a test: those that are always tested, and others that only run with ``-m full``."""
    return [value if value in always else pytest.param(value, marks=pytest.mark.full) for value in values]


def spread(*names: str) -> list[dict[str, str]]:
    """Config keys of as few stacks as possible in which every option of some slots occurs."""
    slots = [SLOTS[name] for name in names]
    number = max(len(slot.names) for slot in slots)
    return [{slot.key: slot.names[index % len(slot.names)] for slot in slots} for index in range(number)]


def accept_interrupts() -> None:
    """Accept SIGINT, for ``preexec_fn``. What a shell starts in the background ignores it, and so do its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


BROWSER_TESTS = ROOT / "tests" / "browser"
NO_BROWSER = (
    "There is no Chromium. To run them, install it (apt-get install chromium), or name one: CHROMIUM=/path/to/chrome"
)

NO_REDIS = "There is no redis-server. To run the tests that need it, install it (apt-get install redis-server)."


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-browser", action="store_true", help="fail if there is no Chromium")
    parser.addoption("--require-redis", action="store_true", help="fail if there is no redis-server")
    parser.addoption("--require-brokers", action="store_true", help="fail if RabbitMQ or Redis is not running here")


BROKERS = {"rabbitmq": 5672, "redis": 6379}
"""The brokers of ``tasks=celery``, with the ports on this machine where tests expect them."""

TASKS_TESTS = ROOT / "tests" / "slots" / "test_tasks.py"


@cache
def missing_brokers() -> list[str]:
    """The brokers that are not running."""
    missing = []
    for name, port in BROKERS.items():
        try:
            socket.create_connection(("localhost", port), timeout=5).close()
        except OSError:
            missing.append(name)
    return missing


def lacks_broker(item: pytest.Item) -> bool:
    """Whether a test needs a broker that is not running."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    return item.path == TASKS_TESTS and any(broker in parameters for broker in missing_brokers())


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector search less often.

    While tests are collected, it would search the thousands of items, which all stay, many times. Afterwards it would
    search the apps that tests share, which takes a tenth of the time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(50_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark all tests, also those below src, and leave out what needs a browser where there is none."""
    for item in items:
        lanes.mark(item)
    absent = {item for item in items if lacks_broker(item)}
    config.hook.pytest_deselected(items=[*absent])
    items[:] = [item for item in items if item not in absent]
    if executable() is None:
        needing = [item for item in items if item.path.is_relative_to(BROWSER_TESTS)]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in set(needing)]
    if shutil.which("redis-server") is None:
        needing = [item for item in items if "redis" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in set(needing)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    asked = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    if missing_brokers() and any(TASKS_TESTS.is_relative_to(path) for path in asked):
        terminalreporter.section("A broker was not there", yellow=True)
        terminalreporter.write_line(f"Tests of tasks=celery were not run: start {' and '.join(missing_brokers())}.")
    if executable() is None and any(BROWSER_TESTS.is_relative_to(path) for path in asked):
        terminalreporter.section("A browser was not there", yellow=True)
        terminalreporter.write_line(f"The tests in tests/browser were not run. {NO_BROWSER}")
    if shutil.which("redis-server") is None:
        terminalreporter.write_line(NO_REDIS, yellow=True)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--require-brokers") and missing_brokers():
        raise pytest.UsageError(f"--require-brokers: not running on this machine: {', '.join(missing_brokers())}")
    if config.getoption("--require-browser") and executable() is None:
        raise pytest.UsageError(f"--require-browser: {NO_BROWSER}")
    if config.getoption("--require-redis") and shutil.which("redis-server") is None:
        raise pytest.UsageError(f"--require-redis: {NO_REDIS}")
    config.pluginmanager.register(lanes)  # a hook in this file would not see the files below src
    if config.option.markexpr == "quick":
        config.option.stack = config.option.stack or ["classic"]  # the items of all others would be deselected
    if find_spec("elsewhere") is None:
        raise pytest.UsageError(
            "Some adapters under test are a distribution of their own, and it is not installed "
            "(no module named 'elsewhere').\nRun: .venv/bin/pip install -e tests/outside"
        )


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Makes apps that are set up, each with an instance folder of its own unless one is named."""
    made: list[Flask] = []

    def make(instance: Path | None = None, **config: Any) -> Flask:
        made.append(ready_app(instance or tmp_path / f"instance{len(made)}", ROOT, **config))
        return made[-1]

    yield make
    for app in made:
        disconnect(app)


@pytest.fixture(autouse=True)
def no_context_stays() -> Iterator[None]:
    """A context that a test leaves open would give its app to the tests that follow."""
    before = has_app_context()
    yield
    assert has_app_context() == before


@pytest.fixture(autouse=True, scope="session")
def no_settings_from_this_machine() -> Iterator[None]:
    """A developer's own FLASK_* variables change no test, and no app that a module or a session shares."""
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(lambda name: name.startswith("FLASK_"), list(os.environ)):
            patch.delenv(name)
        yield
