"""One request on two stacks, side by side: the page, over HTTP."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import unescape

import pytest
from flask import Flask

from assembly_required.conduit.operations import operations
from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.stack.stacks import STACKS
from tests.workbench.conftest import Mount
from tests.workbench.visitor import Visitor, open_workbench

ALWAYS = ("update_user", "list_articles", "update_article", "delete_comment")
"""Operations that are tested in short runs too."""

SECTIONS = ("summary", "answers", "sql", "steps", "functions")


def read(visitor: Visitor, query: str, status: int = 200) -> str:
    """The text of the page, without tags, and with one space for each white space."""
    response = visitor.get(f"/workbench/compare?{query}")
    assert response.status_code == status, response.text
    return strip(response.text)


def strip(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def count_rows(app: Flask) -> list[int]:
    """How many users and articles there are."""
    with app.app_context():
        store = assembled(app).store
        profile = store.profile("demo", None)
        assert profile
        return [store.articles(None, None, None, None, 1, 0)[1], int(store.profile("ana", None) is not None)]


def test_without_stacks_there_is_only_the_form(visitor: Visitor) -> None:
    page = visitor.get("/workbench/compare?path=/tag/flask").text
    assert 'value="/tag/flask"' in page
    assert '<option value="orm=sqlalchemy_core" selected>' in page
    assert 'id="answers"' not in page


def test_a_page_of_two_stacks_is_equal(visitor: Visitor) -> None:
    page = visitor.get("/workbench/compare?left=&right=orm=peewee&path=/").text
    assert all(f'id="{section}"' in page for section in SECTIONS)
    text = strip(page)
    assert "Both bodies say the same" in text or "the same, byte for byte" in text
    assert "Not compared: CSRF tokens" in text
    assert "SELECT articles" in text
    assert "FlaskSQLAlchemyStore.articles" in text
    assert "PeeweeStore.articles" in text
    assert "/tutorial/orm/flask_sqlalchemy-and-peewee/" in page
    assert 'href="/tutorial/code/adapters.orm.peewee.store/#PeeweeStore.articles"' in page
    assert "not a measurement" in text
    assert 'href="/workbench/measure?left=classic&amp;right=stack%3Dclassic,orm%3Dpeewee"' in page
    assert "Packages that only one of them needs" in text


def test_pages_run_with_the_cookies_of_this_browser(visitor: Visitor) -> None:
    visitor.enter()
    assert "200 OK" in read(visitor, "left=bare&right=django&path=/settings")
    assert "demo@example.com" not in read(visitor, "left=bare&right=bare&path=/settings")  # equal lines are not shown
    assert visitor.get("/settings").status_code == 200


def test_a_redirect_is_shown_and_not_followed(visitor: Visitor) -> None:
    text = read(visitor, "left=bare&right=orm=peewee&path=/settings")
    assert "It is a redirect to /login" in text
    assert "It was not followed" in text


def test_answers_that_differ_are_shown_next_to_each_other(visitor: Visitor) -> None:
    page = visitor.get("/workbench/compare?left=bare&right=typed&path=/docs/openapi.json").text
    text = strip(page)
    assert "The bodies differ." in text
    assert "equal lines" in text
    assert 'class="removed"' in page
    assert 'class="added"' in page


def test_not_found_is_an_answer_too(visitor: Visitor) -> None:
    text = read(visitor, "left=bare&right=fast&path=/no-such-page")
    assert "404 NOT FOUND" in text
    assert "ended with NotFound" in text


@pytest.mark.parametrize(
    "stack", [name if name in ("light", "django") else pytest.param(name, marks=pytest.mark.full) for name in STACKS]
)
def test_every_named_stack_runs_an_operation_that_writes(visitor: Visitor, blog: Flask, stack: str) -> None:
    before = count_rows(blog)
    text = read(visitor, f"left=orm=plain&right={stack}&operation=register_user")
    assert "POST /api/users" in text
    assert "201 CREATED" in text
    assert "fresh copy of the demo blog" in text
    assert "INSERT users" in text
    assert "The bodies differ" not in text
    assert "tokens of the API" in text
    assert count_rows(blog) == before


@pytest.mark.parametrize(
    "operation",
    [
        operation.id if operation.id in ALWAYS else pytest.param(operation.id, marks=pytest.mark.full)
        for operation in operations
    ],
)
def test_every_operation_answers_alike(visitor: Visitor, operation: str) -> None:
    text = read(visitor, f"left=bare&right=light&operation={operation}")
    expected = next(each for each in operations if each.id == operation)
    assert str(expected.status) in text.partition("Status")[2][:40]
    assert "The bodies differ" not in text
    assert "The statuses differ" not in text


def test_a_method_and_a_path_name_an_operation(visitor: Visitor) -> None:
    path = "/api/articles/two-writers-one-slug/favorite"
    assert "INSERT favorites" in read(visitor, f"left=bare&right=fast&method=post&path={path}")
    assert "is not an operation of the API" in read(visitor, "left=bare&right=fast&method=POST&path=/login", 422)


def test_other_json_is_sent_by_post(visitor: Visitor) -> None:
    fields = {"left": "bare", "right": "typed", "operation": "add_comment"}
    response = visitor.send("/workbench/compare", **fields, body='{"comment": {"body": "Mine."}}')
    assert response.status_code == 200
    assert "Mine." in unescape(response.text)
    wrong = visitor.send("/workbench/compare", **fields, body="{not json")
    assert wrong.status_code == 422
    assert "is not JSON" in wrong.text
    assert "{not json</textarea>" in wrong.text
    assert visitor.client.post("/workbench/compare", data=fields).status_code == 400


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("left=nothing&right=bare&path=/", "is neither a named stack nor a choice"),
        ("left=orm=nothing&right=bare&path=/", "nothing"),
        ("left=validation=pydantic,docs=flask_smorest&right=bare&path=/", "flask_smorest"),
        ("left=bare&right=fast&path=https://example.org/", "is not a path of this blog"),
        ("left=bare&right=fast&path=//example.org/", "is not a path of this blog"),
        ("left=bare&right=fast&path=http://[", "is not a path of this blog"),
        ("left=bare&right=fast&path=/%0d%0aX: y", "is not a path of this blog"),
        ("left=bare&right=fast&path=/workbench/requests", "belongs to the workbench"),
        ("left=bare&right=fast&operation=publish", "is not an operation of the API"),
        ("left=bare&right=fast&method=BREW&path=/", "is not an operation of the API"),
    ],
)
def test_what_does_not_work_is_explained_and_the_form_stays(visitor: Visitor, query: str, words: str) -> None:
    page = visitor.get(f"/workbench/compare?{query}")
    assert page.status_code == 422
    assert words in strip(page.text)
    left = query.partition("left=")[2].partition("&")[0]
    assert re.search(f'<option value="{left}" selected>', page.text)


def test_both_sides_may_be_the_same(visitor: Visitor) -> None:
    assert "Both sides are the same stack" in read(visitor, "left=bare&right=bare&path=/api/tags")


def test_what_this_browser_uses_is_the_ground(visitor: Visitor) -> None:
    visitor.use(stack="bare")
    text = read(visitor, "left=&right=orm=peewee&path=/api/tags")
    assert "bare stack=bare,orm=peewee" in text


def test_no_secret_is_shown(visitor: Visitor) -> None:
    visitor.enter()
    cookie = visitor.client.get_cookie("session")
    page = visitor.get("/workbench/compare?left=bare&right=typed&operation=login_user").text
    assert cookie
    assert cookie.value not in page
    assert not re.search(r"scrypt:|argon2", re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL).partition("Values")[2])


def test_two_at_once(blog: Flask) -> None:
    def ask(query: str) -> str:
        return read(Visitor(blog), query)

    queries = [f"left=bare&right={right}&operation=publish_article" for right in ("fast", "light")] * 2
    with ThreadPoolExecutor(4) as pool:
        for text in pool.map(ask, queries):
            assert "201 CREATED" in text


def fail() -> str:
    raise RuntimeError("secret words")


@pytest.mark.parametrize("debug", [False, True])
def test_answers_that_are_hard_to_compare(mount_app: Mount, debug: bool) -> None:
    app = mount_app(DEBUG=debug)
    pool = open_workbench(app).pool
    for number, name in enumerate(("bare", "fast")):
        side = pool.get({"STACK": name})
        large = f"{number}\n" + "the same line\n" * 100_000
        many = "\n".join(f"{number} {line}" for line in range(5_000))
        side.add_url_rule("/test-large", view_func=large.__str__, endpoint="large")
        side.add_url_rule("/test-many", view_func=many.__str__, endpoint="many")
        side.add_url_rule("/test-bytes", view_func=partial(bytes, [255, number]), endpoint="bytes")
        side.add_url_rule("/test-fails", view_func=fail)
    visitor = Visitor(app)
    large = read(visitor, "left=bare&right=fast&path=/test-large")
    assert "Only the first 300,000 characters are compared" in large
    assert "At most 4,400 more lines" in read(visitor, "left=bare&right=fast&path=/test-many").replace("4400", "4,400")
    assert "The answer is no text: 2 bytes" in read(visitor, "left=bare&right=fast&path=/test-bytes")
    failed = read(visitor, "left=bare&right=fast&path=/test-fails")
    assert "500 INTERNAL SERVER ERROR" in failed
    assert "bare ended with RuntimeError" in failed
    assert "secret words" not in failed


def test_an_n_plus_one_is_marked(mount_app: Mount) -> None:
    app = mount_app()
    with app.app_context():
        demo.fill(assembled(app).store, assembled(app).hashing)
    text = read(Visitor(app), "left=&right=orm=tests.workbench.planted&path=/")
    assert "N+1 : it ran 10 times, once for each of 10 different values" in text
    assert "Naive" in text
