"""The pages of staff, by each option that has some, behind a path prefix."""

import re

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People
from tests.browser.server import granted, served
from tests.browser.visitor import Visitor
from tests.conftest import by_lane


@pytest.mark.parametrize("option", by_lane(["flask_admin", "django"], "flask_admin"))
def test_staff_at_work(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, option: str) -> None:
    """Nothing of a page is refused by its own Content-Security-Policy, and what is ticked is deleted."""
    folder = tmp_path_factory.mktemp("instance")
    with served(folder, "/blog", STACK_ADMIN=option) as url:
        people = People(Client(over_http(url)))
        staff, author = people.new("staff"), people.new()
        slug = author.publish(title="What goes")["slug"]
        for number in range(3):
            author.comment(slug, f"Comment {number}")
        granted(folder, staff.username, STACK_ADMIN=option)
        context = chromium.new_context(base_url=url)
        refused: list[str] = []

        def listen(message: ConsoleMessage) -> None:
            # Without an icon in a page, a browser asks for one at the root of the host, outside the prefix.
            if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
                refused.append(message.text)

        context.on("console", listen)
        visitor, page = Visitor(context.new_page(), refused, url), context.pages[0]
        visitor.sign_in(staff)
        page.on("dialog", lambda dialog: dialog.accept())
        base = "/admin" if option == "flask_admin" else "/admin/django"
        users, comments = ("/users/", "/comments/") if option == "flask_admin" else ("/user/", "/comment/")
        page.goto("/admin/")
        expect(page.locator("body")).to_contain_text("Conduit")
        page.goto(base + users)
        expect(page.locator("body")).to_contain_text(author.username)
        page.goto(base + comments)
        if option == "flask_admin":
            for tick in page.locator("input.action-checkbox").all()[:2]:
                tick.check()
            page.get_by_text("With selected").click()
            page.locator("a.dropdown-item", has_text="Delete").click()
            expect(page.locator("body")).to_contain_text("2 records were successfully deleted")
        else:
            for tick in page.locator("input.action-select").all()[:2]:
                tick.check()
            page.select_option("select[name=action]", "delete_selected")
            page.get_by_role("button", name=re.compile("^(Go|Run)$")).first.click()  # "Run" since Django 6.1
            page.get_by_role("button", name="Yes, I’m sure").click()
            expect(page.locator("body")).to_contain_text("Successfully deleted 2")
        assert len(author.get(f"/articles/{slug}/comments").json["comments"]) == 1
        # Flask-Admin's links lead to javascript:void(0), which may well be refused: their handlers do the work.
        assert [text for text in refused if not text.startswith("Running the JavaScript URL")] == []
        context.close()
