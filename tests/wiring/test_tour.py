"""The tour is complete, in order, and every stop has its four headings."""

import ast
import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

import assembly_required
from tests.wiring.test_imports import modules, name_of

TOUR = re.findall(r"^- :mod:`(.+)`$", assembly_required.__doc__ or "", re.MULTILINE)
HEADINGS = ["*In Django*", "*Here*", "*What it costs*", "*Next*"]


def test_the_tour_names_every_module_once() -> None:
    assert sorted(TOUR) == sorted(name_of(path) for path in modules() if name_of(path) != "assembly_required")


@pytest.mark.parametrize("name", TOUR)
def test_a_module_has_the_four_headings_in_order(name: str) -> None:
    said = re.findall(r"^\*(?:In Django|Here|What it costs|Next)\*", import_module(name).__doc__ or "", re.MULTILINE)
    assert said == HEADINGS


@pytest.mark.parametrize(("name", "following"), list(pairwise(TOUR)))
def test_a_module_names_the_next_stop(name: str, following: str) -> None:
    assert (import_module(name).__doc__ or "").rstrip().endswith(f"*Next*: :mod:`{following}`.")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 45, node.name
