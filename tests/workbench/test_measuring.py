"""Two stacks are measured in the background, one comparison at a time."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.workbench.visitor import Visitor

SECONDS = 300


@pytest.fixture
def visitor(blog: Flask) -> Iterator[Visitor]:
    visitor = Visitor(blog, stack="classic")
    yield visitor
    visitor.send("/workbench/measure/cancel")


def list_temporary() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("assembly_required_*"))


def test_a_measurement_can_be_cancelled_and_leaves_nothing_behind(visitor: Visitor) -> None:
    before = list_temporary()
    assert visitor.send("/workbench/measure", left="bare", right="orm=peewee").status_code == 302
    page = visitor.get("/workbench/measure").text
    assert "Measuring stack=" in page or "Measuring bare" in page
    assert 'http-equiv="refresh"' in page
    time.sleep(3)
    visitor.send("/workbench/measure", left="bare", right="fast")
    assert "Another measurement runs" in visitor.get("/workbench/measure").text
    visitor.send("/workbench/measure/cancel")
    assert "You cancelled it." in visitor.get("/workbench/measure").text
    assert list_temporary() <= before


def test_it_ends_in_the_summary_of_the_command(visitor: Visitor) -> None:
    visitor.send("/workbench/measure", left="bare", right="fast")
    for _ in range(SECONDS):
        page = visitor.get("/workbench/measure").text
        if 'id="progress"' not in page:
            break
        time.sleep(1)
    assert 'id="result"' in page
    assert "This is what the command printed." in page
    assert "bare" in page
    assert "fast" in page


@pytest.mark.parametrize(
    ("left", "right", "problem"),
    [
        ("bare", "bare", "Choose two different stacks."),
        ("bare", "nothing", "is neither a named stack nor a choice"),
        ("bare", "orm=nothing", "nothing"),
        ("bare", "--help", "is neither a named stack nor a choice"),
        ("bare", "validation=pydantic,docs=flask_smorest", "flask_smorest"),
    ],
)
def test_what_cannot_be_compared_is_explained(visitor: Visitor, left: str, right: str, problem: str) -> None:
    response = visitor.send("/workbench/measure", left=left, right=right)
    assert response.status_code == 422
    assert problem in response.text
    assert 'id="progress"' not in response.text
