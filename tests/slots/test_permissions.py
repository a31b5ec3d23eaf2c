"""Every option of ``permissions`` gives the same results, and the API and the site both check them."""

from collections.abc import Callable
from functools import wraps
from itertools import product

import pytest
from flask import Flask, abort

from assembly_required.conduit.model import User
from assembly_required.conduit.permissions import GROUPS, PERMISSIONS
from assembly_required.conduit.users import find_staff
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import People, Person
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.site.browser import Browser, grant

OF_AUTHORS = {"article.edit", "article.delete", "comment.delete"}
OF_MODERATORS = {"article.delete", "comment.delete"}
MAY: dict[tuple[str, ...], set[str]] = {
    (): set(),
    ("moderators",): OF_MODERATORS,
    ("staff",): {"admin.enter"},
    ("moderators", "staff"): OF_MODERATORS | {"admin.enter"},
    ("article.edit",): {"article.edit"},
    ("article.edit", "staff"): {"article.edit", "admin.enter"},
    ("author",): set(),
    ("nothing that is known",): set(),
}


@pytest.fixture(params=SLOTS["permissions"].names)
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    return make_app(STACK_PERMISSIONS=request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


def user_of(app: Flask, person: Person) -> User:
    found = assembled(app).store.find_account(person.email)
    assert found
    return found.user


@pytest.mark.parametrize("granted", MAY)
def test_what_somebody_may_do(app: Flask, people: People, granted: tuple[str, ...]) -> None:
    person = people.new()
    grant(app, person, *granted)
    with app.app_context():
        user = user_of(app, person)
        rights = assembled(app).permissions.of(user)
        for owner in (None, user.id + 1):
            assert {name for name in PERMISSIONS if rights.may(name, owner)} == MAY[granted]
        assert {name for name in PERMISSIONS if rights.may(name, user.id)} == MAY[granted] | OF_AUTHORS
        assert not rights.may("nothing", user.id)


def test_only_those_who_may_enter_the_admin_are_staff(app: Flask, people: People) -> None:
    moderator, staff = people.new(), people.new()
    grant(app, moderator, "moderators")
    grant(app, staff, "staff")
    with app.app_context():
        parts = assembled(app)
        assert find_staff(parts.store, parts.permissions) == {user_of(app, staff).id}


def test_being_the_author_costs_no_statement(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    person = people.new()
    with app.app_context():
        user, store = user_of(app, person), assembled(app).store
        asked: list[User] = []

        def note(user: User) -> list[str]:
            asked.append(user)
            return []

        monkeypatch.setattr(store, "grants", note)
        rights = assembled(app).permissions.of(user)
        assert rights.may("article.edit", user.id)
        assert asked == []
        assert not rights.may("article.edit", user.id + 1)
        assert not rights.may("admin.enter")
        assert asked == [user]


def test_every_group_may_do_something(app: Flask, people: People) -> None:
    assert set(GROUPS) == {"moderators", "staff"}
    for group in GROUPS:
        person = people.new()
        grant(app, person, group)
        with app.app_context():
            rights = assembled(app).permissions.of(user_of(app, person))
            assert any(map(rights.may, PERMISSIONS)), group


def things(author: Person) -> tuple[str, str]:
    slug = author.publish()["slug"]
    return f"/articles/{slug}", f"/articles/{slug}/comments/{author.comment(slug)['id']}"


def test_moderators_remove_and_do_not_edit_through_the_api(app: Flask, people: People) -> None:
    author, moderator, reader = people.new(), people.new(), people.new()
    grant(app, moderator, "moderators")
    grant(app, reader, "staff")
    article, comment = things(author)
    for person, (path, what) in product((reader,), ((article, "article"), (comment, "comment"))):
        expect_error(person.delete(path), 403, **{what: "forbidden"})
    expect_error(moderator.put(article, {"article": {"body": "x"}}), 403, article="forbidden")
    assert moderator.delete(comment).status == 204
    assert moderator.delete(article).status == 204
    expect_error(author.get(article), 404, article="not found")


def test_a_single_permission(app: Flask, people: People) -> None:
    author, editor = people.new(), people.new()
    grant(app, editor, "article.edit")
    article, comment = things(author)
    assert ok(editor.put(article, {"article": {"body": "Better"}}))["article"]["body"] == "Better"
    assert ok(editor.get(article))["article"]["author"]["username"] == author.username
    expect_error(editor.delete(comment), 403, comment="forbidden")


def test_the_site_shows_a_moderator_the_buttons_they_may_use(app: Flask, people: People) -> None:
    author, moderator, reader = people.new(), people.new(), people.new()
    grant(app, moderator, "moderators")
    article, comment = things(author)
    path = article.replace("/articles", "/article")
    shown = {}
    for person in (author, moderator, reader):
        browser = Browser(app)
        browser.sign_in(person)
        page = browser.get(path).text
        shown[person] = [word in page for word in ("Edit Article", "Delete Article", "mod-options", ">Follow ")]
    assert shown[author] == [True, True, True, False]
    assert shown[moderator] == [False, True, True, True]
    assert shown[reader] == [False, False, False, True]
    browser = Browser(app)
    browser.sign_in(moderator)
    assert browser.get(path.replace("/article/", "/editor/")).status_code == 403
    deleted = browser.post(comment.replace("/articles", "/article") + "/delete", on=path)
    assert deleted.headers["Location"] == path
    assert ok(people.anyone.get(article + "/comments"))["comments"] == []
    assert browser.post(f"{path}/delete", on=path).headers["Location"] == "/"


def test_a_revoked_right_is_lost_at_once(app: Flask, people: People) -> None:
    author, moderator = people.new(), people.new()
    grant(app, moderator, "moderators")
    article, _ = things(author)
    with app.app_context():
        assembled(app).store.revoke(user_of(app, moderator), "moderators")
    expect_error(moderator.delete(article), 403, article="forbidden")


def test_a_check_above_the_route_is_never_called() -> None:
    """Flask registers what stands below ``@app.post``."""
    app = Flask(__name__)

    def moderators_only(view: Callable[..., str]) -> Callable[..., str]:
        @wraps(view)
        def checked(**values: str) -> str:
            abort(403)

        return checked

    @moderators_only
    @app.post("/open")
    def delete_anything() -> str:
        return "deleted"

    @app.post("/closed")
    @moderators_only
    def delete_nothing() -> str:
        return "deleted"

    client = app.test_client()
    assert client.post("/open").text == "deleted"
    assert client.post("/closed").status_code == 403
