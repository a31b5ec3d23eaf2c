"""Which tests run when: between two edits (``-m quick``), by default, or only when everything is run (``-m full``).

A test is in the default lane unless it is named here or marked with ``pytest.mark.full`` itself.
"""

import os
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

OPTIONS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"]
DEFAULT = OPTIONS[OPTIONS.index("-m") + 1]
"""The default of ``-m``."""

FULL = {
    "src/assembly_required/examples": "starts a process for each example",
    "tests/browser/test_axe.py": "opens every page several times",
    "tests/browser/test_hostile.py": "opens every page with every payload",
    "tests/lab/compare/test_command.py": "measures",
    "tests/lab/differences/test_differences.py": "starts a process for each framework",
    "tests/slots/orm/test_connections.py": "restarts connections and waits for time limits, with every ORM",
    "tests/slots/orm/test_failures.py": "fills disks and waits for time limits, with every ORM",
    "tests/slots/orm/test_growth.py": "fills a table, with every ORM",
    "tests/slots/orm/test_races.py": "repeats each race until it is likely to happen, with every ORM",
    "tests/slots/test_random_input.py": "sends thousands of requests",
    "tests/slots/orm/test_same_data.py": "writes with one ORM and reads with every other",
    "tests/slots/orm/test_waiting.py": "starts a server and waits for a lock, with every ORM",
    "tests/workbench/test_peers.py": "starts peers",
    "tests/workbench/test_measuring.py": "measures",
    "tests/wiring/test_plugin.py": "starts pytest for each case",
}
"""What only runs with ``-m full``: folders and modules, and why."""

FULL_ON_POSTGRESQL = {
    "tests/slots/migrations",
    "tests/slots/orm/test_flask_sqlalchemy.py",
    "tests/slots/orm/test_pages.py",
    "tests/slots/orm/test_rules.py",
    "tests/slots/orm/test_statements.py",
}
"""What only runs with ``-m full`` on PostgreSQL, where the contract runs by default."""

QUICK = {
    "src/assembly_required/contract/test_articles.py",
    "src/assembly_required/contract/test_comments.py",
    "src/assembly_required/contract/test_lists.py",
    "src/assembly_required/contract/test_profiles.py",
    "src/assembly_required/contract/test_tags.py",
    "src/assembly_required/contract/test_tokens.py",
    "src/assembly_required/contract/test_users.py",
    "tests/slots",
    "tests/wiring",
}
"""What ``-m quick`` runs: the contract on the default stack, the slots on SQLite, and how they are put together."""

NOT_QUICK = {
    "tests/slots/migrations",
    "tests/slots/orm/test_flask_sqlalchemy.py",
    "tests/slots/orm/test_kills.py",
    "tests/slots/orm/test_read_only.py",
    "tests/slots/orm/test_statements.py",
    "tests/slots/test_admin.py",
    "tests/slots/test_admin_django.py",
    "tests/slots/test_django.py",
    "tests/slots/test_tasks.py",
    "tests/slots/test_validation.py",
    "tests/wiring/test_commands.py",
    "tests/wiring/test_couplings.py",
    "tests/wiring/test_examples_command.py",
    "tests/wiring/test_imports.py",
    "tests/wiring/test_interfaces.py",
    "tests/wiring/test_peers.py",
    "tests/wiring/test_peers_unavailable.py",
    "tests/wiring/test_readme.py",
    "tests/wiring/test_seed.py",
    "tests/wiring/test_selection.py",
    "tests/wiring/test_setup.py",
    "tests/wiring/test_stack_commands.py",
}
"""What of it starts processes, or needs more than a second."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not import what the lane leaves out, unless the command line names it."""
    if collection_path in _named(config):
        return None
    return _leaves_out(collection_path, config.option.markexpr) or None


@cache
def _named(config: pytest.Config) -> frozenset[Path]:
    """Return the paths that the command line names, or else ``testpaths``."""
    return frozenset((config.invocation_params.dir / argument.partition("::")[0]).resolve() for argument in config.args)


def _leaves_out(path: Path, expression: str) -> bool:
    """Return whether a lane runs nothing in a folder or a module. To import and collect it would take seconds.

    :param expression: the value of ``-m``. Only the default and ``quick`` leave out whole folders.
    """
    place = os.path.relpath(path, ROOT)
    if expression == DEFAULT:
        return not _places(place).isdisjoint(FULL)
    if expression == "quick":
        return not _can_be_quick(place) and not any(Path(each).is_relative_to(place) for each in QUICK)
    return False


def mark(item: pytest.Item) -> None:
    """Mark a test with its lane."""
    place = os.path.relpath(item.path, ROOT)
    places = _places(place)
    parameters = [str(each) for each in getattr(getattr(item, "callspec", None), "params", {}).values()]
    on_postgresql = "postgresql" in parameters
    if item.get_closest_marker("full"):
        return
    if not places.isdisjoint(FULL) or (on_postgresql and not places.isdisjoint(FULL_ON_POSTGRESQL)):
        item.add_marker(pytest.mark.full)
    elif not on_postgresql and _can_be_quick(place) and _is_default(item, parameters):
        item.add_marker(pytest.mark.quick)


@cache
def _places(place: str) -> frozenset[str]:
    """Return a path with all folders that contain it."""
    return frozenset({place, *map(str, Path(place).parents)})


@cache
def _can_be_quick(place: str) -> bool:
    places = _places(place)
    return not places.isdisjoint(QUICK) and places.isdisjoint(NOT_QUICK | FULL.keys())


def _is_default(item: pytest.Item, parameters: list[str]) -> bool:
    return "contract" not in item.path.parts or "classic" in parameters
