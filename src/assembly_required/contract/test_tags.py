"""The tags in use (section 1.6 of the contract)."""

from .expect import ok
from .people import People, unique


def test_a_tag_is_listed_as_soon_as_its_article_exists(people: People) -> None:
    tag = unique("tag")
    assert tag not in ok(people.anyone.get("/tags"))["tags"]
    people.new().publish(tagList=[tag])
    assert tag in ok(people.anyone.get("/tags"))["tags"]


def test_the_list_is_complete_and_names_each_tag_once(people: People) -> None:
    wanted = [unique("tag") for _ in range(40)]
    author = people.new()
    for start in (0, 20):
        author.publish(tagList=wanted[start : start + 20])
    author.publish(tagList=wanted[:3])
    answer = ok(people.anyone.get("/tags"))
    assert answer.keys() == {"tags"}
    assert set(wanted) <= set(answer["tags"])
    assert len(answer["tags"]) == len(set(answer["tags"]))


def test_tags_are_ordered_by_code_point(people: People) -> None:
    people.new().publish(tagList=["Zulu", "alpha", "Ärger", "zulu"])
    tags = ok(people.anyone.get("/tags"))["tags"]
    assert tags == sorted(tags)


def test_tags_that_differ_by_case_are_two(people: People) -> None:
    tag = unique("tag")
    people.new().publish(tagList=[tag, tag.upper()])
    assert {tag, tag.upper()} <= set(ok(people.anyone.get("/tags"))["tags"])
