"""The phases of a request follow each other, and what runs in one is inside of it."""

from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from assembly_required.workbench.recording.model import Step
from assembly_required.workbench.recording.recorder import MOST, Recording, record
from assembly_required.workbench.recording.watching import watch, watch_each, wrap
from assembly_required.workbench.timeline import list_rows
from tests.conftest import MakeApp, spread
from tests.site.browser import Browser
from tests.workbench.recorded import all_recorded, record_request, request_to, sign

WATCHED = {
    "orm": {"article", "comments", "add_comment", "find_account", "edit"},
    "hashing": {"verify"},
    "permissions": {"may"},
    "login": {"viewer"},
    "tokens": {"issue", "caller"},
    "forms": {"protect", "load"},
    "limits": {"check"},
}
"""From a watched slot to its methods that run when a user signs in, edits an article and writes a comment."""


def start(app: Flask) -> tuple[Person, Person]:
    """Watch an app, and return two of its users."""
    watch(app)
    people = People(Client(in_process(app)))
    return people.new(), people.new()


def phases(recording: Recording, depth: int = 1) -> list[str]:
    return [step.kind for step in recording.steps if step.depth == depth]


def below(recording: Recording, outer: Step) -> list[Step]:
    return [
        step
        for step in recording.steps
        if step.depth > outer.depth and outer.start <= step.start <= outer.start + outer.duration
    ]


@pytest.mark.parametrize("docs", SLOTS["docs"].names)
def test_the_phases_of_the_api_are_siblings(make_app: MakeApp, docs: str) -> None:
    app = make_app(STACK_DOCS=docs)
    author, _ = start(app)
    slug = author.publish()["slug"]
    body = {"article": {"title": "Another title"}}
    recording = record_request(app, f"/api/articles/{slug}", method="PUT", json=body, headers=sign(author.token))
    assert recording.status == "200 OK"
    assert phases(recording, 0) == ["route", "view", "response"]
    assert phases(recording) == [
        "authentication", "look-up", "authorization", "validation", "handler", "serialization",
    ]  # fmt: skip
    handler = next(step for step in recording.steps if step.kind == "handler")
    assert handler.name == "update_article"
    assert handler.place
    assert handler.place.module == "assembly_required.conduit.articles"
    assert [step.kind for step in below(recording, handler)] == ["store"]
    assert_nested(recording)


def test_the_phases_of_a_page(make_app: MakeApp) -> None:
    app = make_app()
    author, reader = start(app)
    slug = author.publish()["slug"]
    browser = Browser(app)
    browser.sign_in(reader)
    with all_recorded(app) as recordings:
        browser.get(f"/article/{slug}")
    (recording,) = recordings
    assert phases(recording, 0) == ["route", "view", "response"]
    assert phases(recording) == [
        "authentication", "look-up", "store", "authorization", "authorization", "authorization", "authentication",
        "template",
    ]  # fmt: skip
    assert recording.templates == ["article.html"]
    assert_nested(recording)


def test_the_steps_of_a_form(make_app: MakeApp) -> None:
    app = make_app()
    author, reader = start(app)
    slug = author.publish()["slug"]
    browser = Browser(app)
    browser.sign_in(reader)
    with all_recorded(app) as recordings:
        browser.post(f"/article/{slug}/comments", on=f"/article/{slug}", body="Hello")
    recording = recordings[-1]
    assert recording.status == "302 FOUND"
    assert recording.failure is None
    assert {"validation", "authentication", "look-up", "store"} <= {step.kind for step in recording.steps}


def assert_nested(recording: Recording) -> None:
    """Each step is within the one that it is inside of, and siblings do not overlap."""
    parents: list[Step] = []
    for step in recording.steps:
        del parents[step.depth :]
        if parents:
            assert parents[-1].start <= step.start
            assert step.start + step.duration <= parents[-1].start + parents[-1].duration + 0.001
        parents.append(step)
    for depth in range(3):
        siblings = [step for step in recording.steps if step.depth == depth]
        for one, following in pairwise(siblings):
            assert one.start + one.duration <= following.start + 0.001


def test_refusals_and_errors_keep_their_type_and_place(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    author, reader = start(app)
    slug = author.publish()["slug"]
    forbidden = record_request(app, f"/api/articles/{slug}", method="DELETE", headers=sign(reader.token))
    assert forbidden.status == "403 FORBIDDEN"
    assert forbidden.failure
    assert forbidden.failure.type == "Forbidden"
    assert forbidden.failure.place
    assert forbidden.failure.place.module == "assembly_required.conduit.articles"
    assert phases(forbidden) == ["authentication", "look-up", "authorization"]
    assert [step.error for step in forbidden.steps if step.kind == "view"] == ["Forbidden"]
    missing = record_request(app, "/nowhere")
    assert missing.failure
    assert missing.failure.type == "NotFound"
    assert phases(missing, 0) == ["route", "error", "response"]

    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(assembled(app).store, "recent_tags", fail)
    broken = record_request(app, "/")
    assert broken.status == "500 INTERNAL SERVER ERROR"
    assert broken.failure
    assert broken.failure.type == "ZeroDivisionError"
    assert_nested(broken)


def test_a_template_that_fails_leaves_no_step_open(make_app: MakeApp) -> None:
    app = make_app()
    start(app)

    def fail() -> None:
        raise ZeroDivisionError

    app.jinja_env.globals["csrf_field"] = fail
    broken = record_request(app, "/login")
    assert broken.status == "500 INTERNAL SERVER ERROR"
    assert phases(broken, 0) == ["route", "view", "error"]
    assert_nested(broken)


@pytest.mark.parametrize("choice", spread(*WATCHED), ids=lambda choice: ",".join(choice.values()))
def test_every_option_of_the_watched_slots_is_seen(make_app: MakeApp, choice: dict[str, str]) -> None:
    app = make_app(**choice)
    author, _ = start(app)
    slug = author.publish()["slug"]
    login = {"user": {"email": author.email, "password": "password123"}}
    recordings = [
        record_request(app, "/api/users/login", method="POST", json=login),
        record_request(app, f"/api/articles/{slug}", method="PUT", json={"article": {}}, headers=sign(author.token)),
    ]
    browser = Browser(app)
    browser.sign_in(author)
    with all_recorded(app) as visited:
        browser.post(f"/article/{slug}/comments", on=f"/article/{slug}", body="Hello")
    assert [each.status[0] for each in recordings + visited] == ["2", "2", "2", "3"]
    names = {step.name for each in recordings + visited for step in each.steps}
    assert {name.rpartition(".")[2] for name in names} >= {each for seen in WATCHED.values() for each in seen}


class Slotted:
    """An object without room for other attributes."""

    __slots__ = ()

    def ask(self) -> str:
        return "answer"


def test_a_method_of_an_object_with_slots_is_replaced_on_this_object_only() -> None:
    one, other = Slotted(), Slotted()
    wrap(one, "ask", lambda ask: lambda: f"the {ask()}")
    assert (one.ask(), other.ask()) == ("the answer", "answer")
    assert isinstance(one, Slotted)


def test_a_method_of_an_object_that_is_returned_twice_is_timed_once() -> None:
    thing, recording = Slotted(), Recording(request_to("/"), "classic", {})
    for _ in range(2):
        watch_each(thing, "ask", "store")
    with record(recording):
        assert thing.ask() == "answer"
    assert [(step.kind, step.name) for step in recording.steps[1:]] == [("store", "Slotted.ask")]
    watch_each(thing, "nothing", "store")
    watch_each(object(), "nothing", "store")


def test_the_number_of_steps_and_statements_is_bounded() -> None:
    recording = Recording(request_to("/"), "classic", {})
    for _ in range(2 * MOST):
        step = recording.begin("store", "x")
        recording.add_statement("SELECT 1", (), 0.0)
        recording.end(step)
    assert (len(recording.steps), len(recording.statements)) == (MOST, MOST)
    assert recording.dropped == 2 * MOST + 1


def test_of_a_peer_only_the_time_is_known() -> None:
    recording = Recording.of_peer({"REQUEST_METHOD": "GET", "PATH_INFO": "/password/reset/abc"}, "django")
    recording.finish("200 OK", [])
    assert recording.path == "/password/reset/(hidden)"
    assert [(row.kind, row.name) for row in list_rows(recording)] == [("peer", "django")]
