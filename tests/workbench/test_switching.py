"""Each browser is served by the stack that it has chosen, and by no other."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from flask import Flask

from assembly_required.contract.client import in_process
from assembly_required.data import demo
from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from assembly_required.workbench.visiting import visit
from tests.workbench.conftest import Mount
from tests.workbench.visitor import Visitor, open_workbench


def test_other_browsers_notice_nothing(blog: Flask, visitor: Visitor) -> None:
    Visitor(blog, stack="bare")
    before = visitor.get("/")
    assert visitor.stack == ""
    assert "Server-Timing" not in before.headers
    assert "workbench" not in before.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("stack", STACKS)
def test_a_named_stack_is_chosen_in_one_browser(blog: Flask, stack: str) -> None:
    visitor, other = Visitor(blog, stack=stack), Visitor(blog, stack="classic")
    assert visitor.stack == stack
    assert other.stack == "classic"
    assert visitor.get("/api/tags").json == other.get("/api/tags").json


def test_the_contract_can_be_sent_through_the_workbench(mount_app: Mount) -> None:
    with visit(mount_app(), {"STACK": "bare"}) as switched:
        answer = in_process(switched)("GET", "/", {}, b"")
        assert answer.status == 200
        assert b"<strong>bare</strong>" in answer.body


def test_a_visitor_stays_signed_in_with_either_option_of_login(blog: Flask) -> None:
    first, second = SLOTS["login"].names
    for here, there in ((first, second), (second, first)):
        visitor = Visitor(blog, login=here)
        visitor.enter()
        assert visitor.user == "demo"
        visitor.use(login=there)
        assert visitor.user == "demo"
        assert visitor.get("/settings").status_code == 200  # the password is not asked for again
        assert visitor.post("/logout", on="/editor").status_code == 302
        assert visitor.user is None
        visitor.use(login=here)
        assert visitor.user is None


def test_a_visitor_is_remembered_on_the_other_option_of_login(blog: Flask) -> None:
    first, second = SLOTS["login"].names
    for here, there in ((first, second), (second, first)):
        visitor = Visitor(blog, login=here)
        visitor.submit("/login", email=demo.EMAIL, password=demo.PASSWORD, remember="y")
        visitor.forget_session()
        visitor.use(login=there)
        assert visitor.user == "demo"


def test_a_remember_cookie_is_understood_by_an_app_that_has_not_served_a_request(blog: Flask) -> None:
    """The server of these tests was started before the key was made."""
    visitor = Visitor(blog, login="flask_login")
    visitor.submit("/login", email=demo.EMAIL, password=demo.PASSWORD, remember="y")
    visitor.forget_session()
    open_workbench(blog).pool.close()
    visitor.use(login="plain")
    assert visitor.user == "demo"


def test_a_remember_cookie_with_a_wrong_signature_is_not_accepted_on_another_stack(blog: Flask) -> None:
    visitor = Visitor(blog, login="flask_login")
    visitor.submit("/login", email=demo.EMAIL, password=demo.PASSWORD, remember="y")
    cookie = visitor.client.get_cookie("remember_token")
    assert cookie
    key, _, signature = cookie.decoded_value.partition("|")
    visitor.forget_session()
    visitor.client.set_cookie("remember_token", f"{key}|{signature[::-1]}")
    visitor.use(login="plain")
    assert visitor.user is None


def test_who_changes_the_password_on_one_stack_is_signed_out_on_the_others(blog: Flask) -> None:
    new = "a-new-password-for-all-stacks"
    phone, desk = Visitor(blog, stack="bare"), Visitor(blog, stack="django")
    for each in (phone, desk):
        each.submit("/login", email="kofi@example.com", password=demo.PASSWORD, remember="y")
    assert (phone.user, desk.user) == ("kofi", "kofi")
    changed = desk.submit("/settings", username="kofi", email="kofi@example.com", bio="", image="", password=new)
    assert changed.status_code == 302
    phone.use(stack="classic")
    assert (phone.user, desk.user) == (None, "kofi")


@pytest.mark.full
def test_two_browsers_on_two_stacks_send_a_thousand_requests_at_once(blog: Flask) -> None:
    """Each gets the answers of its own stack only, and those that never opened the workbench get none of them."""
    stacks = ("bare", "django", "")
    paths = ("/", "/api/articles?limit=5", "/tag/flask", "/login", "/api/tags", "/profile/ada", "/no-such-page")
    browsers = {stack: [Visitor(blog, **({"stack": stack} if stack else {})) for _ in range(3)] for stack in stacks}
    expected = {path: Visitor(blog).get(path).status_code for path in paths}

    def visit(stack: str, browser: Visitor, path: str) -> str | None:
        response = browser.get(path)
        if response.status_code != expected[path]:
            return f"{stack} {path}: {response.status}"
        link = response.headers.get("Link", "")
        if not stack:
            return f"{path}: a recording" if "workbench" in link else None
        recording = open_workbench(blog).history.find(browser.chosen.id, link.partition(">")[0].rpartition("/")[2])
        return None if recording and recording.stack == stack else f"{stack} {path}: {recording}"

    def visit_all(stack: str, browser: Visitor) -> list[str | None]:
        return [visit(stack, browser, path) for path, _ in zip(cycle(paths), range(112), strict=False)]

    work = [(stack, browser) for stack, each in browsers.items() for browser in each]
    with ThreadPoolExecutor(len(work)) as pool:
        results = [result for results in pool.map(lambda each: visit_all(*each), work) for result in results]
    assert len(results) == 1008
    assert [result for result in results if result] == []
