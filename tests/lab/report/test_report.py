"""The report says what the result says, loads nothing, and leaves out what was not measured."""

import re
from typing import Any

from assembly_required.lab.health import read_table
from assembly_required.lab.report import render
from assembly_required.lab.report.bars import Bar, Chart, Table
from assembly_required.lab.report.charts import build_requests
from assembly_required.lab.report.slots import build_slots, read_built_in
from assembly_required.stack.slots import SLOTS

Result = dict[str, Any]

PARTS = {
    "findings": "What follows from the numbers",
    "serve": "Under real servers",
    "waiting": "When a request waits for another server",
    "contract": "The contract",
}
"""The headings of the parts that a result may not have, by its key."""


def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    assert not re.search(r"(src|srcset|action|data)=|<link|<script|@import|url\(|https?:", page)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', page))
    assert "default-src 'none'" in page


def test_links_within_the_page_have_targets(page: str) -> None:
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_limitations_come_first(page: str) -> None:
    headings = re.findall(r"<h2[^>]*>(.+?)</h2>", page)
    assert headings[:3] == ["Limitations", "What follows from the numbers", "Summary"]


def test_what_comes_from_a_result_is_escaped(page: str) -> None:
    assert "&lt;b&gt;A sentence&lt;/b&gt; that follows." in page


def test_what_was_not_measured_has_no_heading(result: Result, page: str) -> None:
    assert [heading for heading in PARTS.values() if f">{heading}</h2>" not in page] == []
    without = render({**result, **{key: [] for key in PARTS}}, read_table())
    assert [heading for heading in PARTS.values() if heading in without] == []


def test_the_reasons_for_what_was_not_measured(page: str) -> None:
    assert "<dt>light</dt><dd>It is not installed.</dd>" in page


def test_a_difference_within_the_noise_is_no_difference(result: Result) -> None:
    chart = build_requests(result)[0]
    bars = {bar.label: bar for bar in chart.bars}
    assert (bars["typed"].kind, bars["typed"].notes) == ("alike", ("no measurable difference",))
    assert (bars["classic"].kind, bars["classic"].notes) == ("stack", ("the reference",))
    assert (bars["fast"].kind, bars["fast"].notes) == ("stack", ("tuned",))
    assert bars["peer=django"].notes == ()
    assert "bare by hand" in bars
    assert "bare by hand" not in {bar.label for bar in build_requests(result)[1].bars}


def test_every_bar_is_within_its_chart() -> None:
    bars = [Bar("one", 2.0, "2", high=2.5), Bar("none", None, "-"), Bar("zero", 0.0, "0")]
    chart = Chart("key", "Title", "", bars, Table((), ()), mark=1)
    assert chart.scale == 2.5
    assert chart.description == "Bar chart. Title: one 2, zero 0."


def test_charts_have_their_numbers_as_tables(page: str) -> None:
    figures = re.findall(r"<figure.+?</figure>", page, re.DOTALL)
    assert len(figures) > 8
    assert all("<details>" in figure and "<table>" in figure and 'role="img"' in figure for figure in figures)


def test_the_shares_of_a_request_fill_its_bar(page: str) -> None:
    assert '<rect class="part orm" x="25.00%" y="6%" width="45.00%" height="88%"/>' in page
    assert page.count("90.00%") >= 2  # where the last part of both bars begins


def test_a_latency_beyond_the_patience_of_the_measurement(page: str) -> None:
    assert "20, too long ms" in page


def test_failed_tests_of_the_contract_stand_out(page: str) -> None:
    assert '<span class="wrong">3 failed</span>, 20' in page


def test_every_slot_has_a_part_with_all_its_options(result: Result) -> None:
    pieces = {piece.slot.name: piece for piece in build_slots(result, read_table())}
    assert pieces.keys() == SLOTS.keys() == read_built_in().keys()
    for piece in pieces.values():
        assert [filling.option.name for filling in piece.fillings] == piece.slot.names
        assert all(filling.in_django for filling in piece.fillings)
        assert all(tests > 0 for tests in piece.tests.values())


def test_an_option_is_shown_with_what_it_costs(result: Result) -> None:
    pieces = {piece.slot.name: piece for piece in build_slots(result, read_table())}
    default, *others = pieces["orm"].fillings
    assert default.candidate
    assert default.candidate["name"] == "classic"
    peewee = next(filling for filling in others if filling.option.name == "peewee")
    assert peewee.weight == {"lines": 431, "packages": ["peewee"], "megabytes": 0.6}
    assert peewee.list
    assert peewee.most
    assert (peewee.list.timing["ratio"], peewee.most.request, peewee.list.noise) == (0.8, "user", False)
    assert pieces["orm"].peers == {"django": 260}
    untimed = next(filling for filling in pieces["mail"].fillings if filling.option.name == "plain")
    assert untimed.candidate
    assert untimed.list is None
    assert next(filling for filling in others if filling.option.name == "django").candidate is None


def test_the_same_result_gives_the_same_report(result: Result, page: str) -> None:
    assert render(result, read_table()) == page
