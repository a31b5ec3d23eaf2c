"""The chapter "Choosing", and the numbers in texts that are not kept results."""

import re

import pytest

from assembly_required.lab.measured import read_measured
from assembly_required.reader.figures import PLACEHOLDER, fill, list_paths
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT
from tests.wiring.shell import Shell

RESULTS = read_measured()
CHAPTER = (ROOT / "src/assembly_required/reader/chapters/choosing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*")
FIGURE = re.compile(r"\d[\d,.]*\s*(?:times|x|%|ms|µs|s|MB|MiB|packages|lines|requests per second)\b")


def find_sections() -> dict[str, str]:
    """The part about each slot, by its heading."""
    parts = re.split(r"^### (.+)\n", CHAPTER, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_figure_of_the_chapter_was_measured() -> None:
    assert len(list_paths(CHAPTER)) > 50
    assert "{" not in fill(CHAPTER, RESULTS)


def test_no_number_of_the_chapter_is_written_by_hand() -> None:
    """Only the numbers of threads and connections are, which name a row of the results."""
    names = r"\b(?:8|256) threads|\b(?:16|256|1,000) connections"
    assert NUMBER.findall(re.sub(names, "", PLACEHOLDER.sub("", CHAPTER))) == []


@pytest.mark.parametrize("text", ["It takes 0.30 times", "with 23 packages", "26.1 MB", "at 12 ms"])
def test_a_figure_that_is_written_by_hand_would_be_found(text: str) -> None:
    assert NUMBER.search(text)
    assert FIGURE.search(text)


def test_the_readme_has_no_measured_figure() -> None:
    """It cannot be filled in, so it names commands instead."""
    assert FIGURE.findall(README) == []


def test_every_option_of_every_slot_has_a_line() -> None:
    sections = find_sections()
    for slot in SLOTS.values():
        written = re.findall(r"^- `(\w+)`: ", sections[slot.name], flags=re.MULTILINE)
        assert sorted(written) == sorted(slot.names)


def test_it_is_printed_with_its_figures(tmp_path: object) -> None:
    assert fill(CHAPTER, RESULTS) == Shell(ROOT / "instance").ok("choose", "--guide")
