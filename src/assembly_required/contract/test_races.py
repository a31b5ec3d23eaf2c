"""Several users who want the same thing at the same moment.

The database decides who gets it, and no response has the status 500. An app in this process is called from threads.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from .client import Answer
from .expect import ok
from .people import People, unique

AT_ONCE = 6


def at_once(act: Callable[[int], Answer]) -> list[Answer]:
    """Call a function in several threads at the same moment."""
    barrier = Barrier(AT_ONCE)

    def wait_and_act(number: int) -> Answer:
        barrier.wait(timeout=30)
        return act(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(wait_and_act, range(AT_ONCE)))


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def test_one_name_for_several_registrations(people: People) -> None:
    name = unique("race")
    answers = at_once(lambda number: people.register(name, f"{name}_{number}@test.com"))
    assert statuses(answers) == {201: 1, 409: AT_ONCE - 1}


def test_one_email_for_several_registrations(people: People) -> None:
    name = unique("race")
    answers = at_once(lambda number: people.register(f"{name}_{number}", f"{name}@test.com"))
    assert statuses(answers) == {201: 1, 409: AT_ONCE - 1}
    assert {tuple(answer.json["errors"]) for answer in answers if answer.status == 409} == {("email",)}


def test_one_title_for_several_articles(people: People) -> None:
    author, title = people.new(), unique("Race")
    new = {"article": {"title": title, "description": "D", "body": "B", "tagList": [unique("race"), "common"]}}
    answers = at_once(lambda number: author.post("/articles", new))
    assert statuses(answers) == {201: AT_ONCE}
    assert len({answer.json["article"]["slug"] for answer in answers}) == AT_ONCE


def test_one_new_tag_for_several_articles(people: People) -> None:
    author, tag = people.new(), unique("race")
    answers = at_once(
        lambda number: author.post(
            "/articles", {"article": {"title": "T", "description": "D", "body": "B", "tagList": [tag]}}
        )
    )
    assert statuses(answers) == {201: AT_ONCE}
    assert ok(people.anyone.get("/articles", tag=tag))["articlesCount"] == AT_ONCE
    assert ok(people.anyone.get("/tags"))["tags"].count(tag) == 1


def test_the_same_favorite_several_times(people: People) -> None:
    reader = people.new()
    slug = people.new().publish()["slug"]
    answers = at_once(lambda number: reader.post(f"/articles/{slug}/favorite"))
    assert statuses(answers) == {200: AT_ONCE}
    assert ok(people.anyone.get(f"/articles/{slug}"))["article"]["favoritesCount"] == 1


def test_the_same_follow_several_times(people: People) -> None:
    reader, author = people.new(), people.new()
    author.publish()
    answers = at_once(lambda number: reader.post(f"/profiles/{author.username}/follow"))
    assert statuses(answers) == {200: AT_ONCE}
    assert ok(reader.get("/articles/feed"))["articlesCount"] == 1


def test_one_name_for_several_changes(people: People) -> None:
    users, name = [people.new() for _ in range(AT_ONCE)], unique("race")
    answers = at_once(lambda number: users[number].put("/user", {"user": {"username": name}}))
    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}


def test_deleting_while_others_write(people: People) -> None:
    author = people.new()
    slug = author.publish()["slug"]
    acts = [
        lambda: author.delete(f"/articles/{slug}"),
        lambda: author.post(f"/articles/{slug}/favorite"),
        lambda: author.post(f"/articles/{slug}/comments", {"comment": {"body": "B"}}),
        lambda: author.put(f"/articles/{slug}", {"article": {"body": "B", "tagList": ["a"]}}),
        lambda: author.delete(f"/articles/{slug}/favorite"),
        lambda: author.get(f"/articles/{slug}"),
    ]
    answers = at_once(lambda number: acts[number]())
    assert statuses(answers).keys() <= {200, 201, 204, 404}
    assert people.anyone.get(f"/articles/{slug}").status == 404
