"""``flask compare --loading``."""

import json
from pathlib import Path

import pytest

from assembly_required.lab.compare import loading
from assembly_required.lab.compare.endpoints import Different
from tests.wiring.shell import Shell


@pytest.mark.full
def test_each_orm_is_timed_in_each_way(tmp_path: Path) -> None:
    shell = Shell(tmp_path, apart=True)
    report = json.loads(shell.ok("compare", "--loading", "--rounds", "2", "--json"))
    assert report["reference"] == {"orm": "flask_sqlalchemy", "way": "eager"}
    assert {(row["orm"], row["way"]) for row in report["ways"]} == {
        (orm, way) for orm in loading.ORMS for way in loading.WAYS
    }  # fmt: skip
    for row in report["ways"]:
        assert row["microseconds"] > 0
        assert row["statements"] > loading.PAGE if row["way"] == "lazy" else row["statements"] <= 3


def test_stacks_are_refused(tmp_path: Path) -> None:
    result = Shell(tmp_path)("compare", "--loading", "bare")
    assert result.returncode == 2
    assert "Leave out the stacks or --loading." in result.stderr


def test_different_answers_are_not_timed() -> None:
    with pytest.raises(Different, match="b eager does not load the same articles as a eager"):
        loading.check_answers({("a", "eager"): lambda size: [size], ("b", "eager"): lambda size: []})
