"""No acknowledged write is lost when the process of the server is killed."""

from pathlib import Path
from typing import Any

import pytest

from tests.kills import run


@pytest.mark.full
def test_kills_in_the_middle_of_writes(place: dict[str, Any], tmp_path: Path) -> None:
    url = {"DATABASE_URL": place["DATABASE_URL"]} if place else {}
    outcome, lost = run(5, tmp_path, **url)
    assert lost == []
    assert outcome.wrong == []
    assert outcome.articles
