"""All five ways of all examples read the same page; only the lazy one needs more statements for a longer page."""

import pytest

WAYS = ["lazy", "eager", "columns", "prepared", "by_hand"]


def expected(number):
    """Return what the examples write as the article of that number."""
    tags = sorted(f"tag-{(number + 3 * i) % 10 + 1}" for i in range(number % 4))
    return {"title": f"Article {number}", "author": f"user-{number % 20 + 1}", "tags": tags, "comments": number % 7}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [1, 20, 50])
def test_every_way_reads_the_same_page(example, way, size):
    answer = example.get(f"/{way}?size={size}")
    assert answer.status == 200, answer.text
    assert answer.json == [expected(number) for number in range(1000, 1000 - size, -1)]


@pytest.mark.parametrize("way", WAYS)
def test_a_page_of_twenty_is_the_default(example, way):
    assert len(example.get(f"/{way}").json) == 20


def test_the_whole_table(example):
    for way in WAYS[1:]:
        assert example.get(f"/{way}?size=1000").json == [expected(number) for number in range(1000, 0, -1)]


def count(example, way, size):
    return example.get(f"/statements/{way}?size={size}").json["statements"]


def test_lazy_needs_more_statements_for_a_longer_page(example):
    short, long = count(example, "lazy", 5), count(example, "lazy", 20)
    assert short > 5 * 2
    assert long - short >= 15 * 2


@pytest.mark.parametrize("way", WAYS[1:])
def test_the_other_ways_need_two_statements_for_any_page(example, way):
    assert count(example, way, 5) == count(example, way, 50) == 2


def test_a_way_that_does_not_exist(example):
    assert example.get("/magic").status == 404
    assert example.get("/statements/magic").status == 404


@pytest.mark.parametrize("size", ["0", "-1", "1001"])
def test_a_size_out_of_range(example, size):
    assert {example.get(f"/{way}?size={size}").status for way in WAYS} == {404}
