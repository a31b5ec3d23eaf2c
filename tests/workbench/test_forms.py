"""A form that was loaded on one stack may be sent on another. A forged one is refused on every pair."""

from itertools import permutations

import pytest
from flask import Flask

from assembly_required.contract.people import unique
from assembly_required.stack.slots import SLOTS
from tests.site.browser import text_in
from tests.workbench.conftest import Mount
from tests.workbench.visitor import Visitor, open_workbench

PAIRS = list(permutations(SLOTS["forms"].names, 2))
TEXT = {"title": "Swapped", "description": "x", "body": "A long text that nobody wants to lose."}


@pytest.fixture(params=PAIRS, ids=lambda pair: f"{pair[0]} to {pair[1]}")
def pair(request: pytest.FixtureRequest) -> tuple[str, str]:
    chosen: tuple[str, str] = request.param
    return chosen


def test_an_article_is_written_on_one_stack_and_sent_on_another(blog: Flask, pair: tuple[str, str]) -> None:
    here, there = pair
    visitor = Visitor(blog, forms=here)
    visitor.enter()
    token = visitor.token("/editor")
    visitor.use(forms=there)
    title = unique("swapped")
    response = visitor.client.post("/editor", data={**TEXT, **token, "title": title})
    assert response.status_code == 302
    assert visitor.get(response.headers["Location"]).text.count(TEXT["body"])


@pytest.mark.parametrize(("here", "there"), [*permutations(["classic", "light", "django", "bare"], 2)])
def test_a_comment_is_written_on_one_named_stack_and_sent_on_another(blog: Flask, here: str, there: str) -> None:
    visitor = Visitor(blog, stack=here)
    visitor.enter()
    slug = visitor.get("/api/articles?limit=1").json["articles"][0]["slug"]  # type: ignore[index]
    token = visitor.token(f"/article/{slug}")
    visitor.use(stack=there)
    comment = unique("swapped")
    response = visitor.client.post(f"/article/{slug}/comments", data={**token, "body": comment})
    assert response.status_code == 302
    assert comment in visitor.get(f"/article/{slug}").text


def test_a_form_with_a_mistake_is_shown_again_with_its_text(blog: Flask, pair: tuple[str, str]) -> None:
    here, there = pair
    visitor = Visitor(blog, forms=here)
    visitor.enter()
    token = visitor.token("/editor")
    visitor.use(forms=there)
    page = visitor.client.post("/editor", data={**TEXT, **token, "title": ""})
    assert page.status_code == 422
    assert text_in(page, "body") == TEXT["body"]


def test_forged_forms_are_refused(blog: Flask, pair: tuple[str, str]) -> None:
    here, there = pair
    visitor, thief = Visitor(blog, forms=here), Visitor(blog, forms=here)
    for each in (visitor, thief):
        each.enter()
    token, theirs = visitor.token("/editor"), thief.token("/editor")
    (name,) = token
    visitor.use(forms=there)
    wrong = {"none": {}, "empty": {name: ""}, "made up": {name: "x" * 64}, "not ASCII": {name: "\u00e9"}}
    for label, each in {**wrong, "another session's": theirs}.items():
        response = visitor.client.post("/editor", data={**TEXT, **each})
        assert response.status_code == 400, label


@pytest.mark.parametrize(
    ("base", "headers"),
    [
        ("http://localhost", {"Origin": "http://elsewhere.example"}),
        ("http://localhost", {"Origin": "null"}),
        ("https://localhost", {}),
        ("https://localhost", {"Referer": "https://elsewhere.example/"}),
        ("https://localhost", {"Referer": "http://localhost/editor"}),
    ],
)
def test_a_good_token_from_another_site_is_refused(
    blog: Flask, pair: tuple[str, str], base: str, headers: dict[str, str]
) -> None:
    here, there = pair
    visitor = Visitor(blog, forms=here)
    visitor.enter()
    token = visitor.token("/editor")
    visitor.use(forms=there)
    response = visitor.client.post("/editor", data={**TEXT, **token}, base_url=base, headers=headers)
    assert response.status_code == 400


def test_a_form_survives_a_restart_of_the_server(mount_app: Mount) -> None:
    app = mount_app()
    visitor = Visitor(app, forms="django")
    token = visitor.token("/register")
    visitor.use(forms="plain")
    open_workbench(app).pool.close()  # what was built is gone, the cookies of the browser are not
    response = visitor.client.post("/register", data={**token, "username": "", "bio": "x"})
    assert response.status_code == 422
