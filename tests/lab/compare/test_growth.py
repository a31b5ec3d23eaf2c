"""``flask compare --growth``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assembly_required.cli.compare.progress import progress
from assembly_required.lab.compare import growth
from assembly_required.lab.compare.data import Data, Size
from assembly_required.lab.compare.endpoints import Different
from assembly_required.lab.compare.parts import describe_growth, growth_as_json
from assembly_required.lab.compare.process import Process
from assembly_required.lab.postgresql import read_version
from assembly_required.stack.settings import Settings
from assembly_required.stack.slots import SLOTS
from tests.wiring.shell import Shell


@pytest.mark.full
def test_each_list_is_timed_with_each_orm_in_two_blogs(tmp_path: Path) -> None:
    shell = Shell(tmp_path, apart=True)
    report = json.loads(shell.ok("compare", "--growth", "--articles", "2000", "--rounds", "2", "--json"))
    assert report["small"] == {"users": 200, "articles": 1_000}
    assert report["large"] == {"users": 400, "articles": 2_000}
    lists = {(row["orm"], row["list"]): row for row in report["lists"]}
    assert {orm for orm, _ in lists} == set(SLOTS["orm"].names)
    assert {name for _, name in lists} == {"first page", "page 50", "page in the middle", *growth.FILTERS, "feed"}
    for (orm, name), row in lists.items():
        assert row["small"]["articles"] == lists["plain", name]["small"]["articles"], (orm, name)
        assert row["large"]["articles"] == lists["plain", name]["large"]["articles"], (orm, name)
        assert row["large"]["ratio"] > 0
    assert lists["peewee", "first page"]["large"]["articles"] == 2_000
    assert (report["time"], report["postgresql"]) == ("CPU", None)


@pytest.mark.full
def test_on_postgresql_the_time_is_the_elapsed_time(settings: Settings, postgresql: Callable[[], Any]) -> None:
    large = growth.grow(2_000)
    with postgresql() as server:
        lists = growth.compare_growth(["plain"], settings, large, 2, progress, server)
        version = read_version(server)
    assert {each.name: each.counts for each in lists}["first page"] == (1_000, 2_000)
    report = growth_as_json(lists, large, 2, version)
    assert (report["time"], report["postgresql"]) == ("elapsed", version)
    assert (
        describe_growth(large, 2, version)
        .splitlines()[1]
        .startswith(f"Elapsed time per request on PostgreSQL {version}")
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bare"], "Leave out the stacks or --growth."),
        (["--articles", "1000"], "1,000 are too few. Use --articles 10000 or more."),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = Shell(tmp_path)("compare", "--growth", *arguments)
    assert result.returncode == 2
    assert message in result.stderr


def test_the_users_grow_with_the_articles() -> None:
    assert growth.grow(100_000) == Size(20_000, 100_000)


def test_each_orm_is_found(settings: Settings) -> None:
    assert growth.find_installed(settings) == list(SLOTS["orm"].names)


def test_a_list_that_is_refused_is_not_timed(provided: Data, settings: Settings) -> None:
    candidate = growth.stack("plain", {"STACK": "bare"}, settings)
    refused = pytest.raises(Different, match=r"'plain' answers GET /api/articles\?limit=0 with 422")
    with Process(candidate, provided) as process, refused:
        growth.look(process, growth.to_endpoint({"limit": 0}))
