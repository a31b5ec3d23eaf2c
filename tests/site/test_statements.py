"""The number of SQL statements for a page does not depend on the number of items on it."""

import pytest

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.lab.compare.statements import COUNTED, trace
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.site.browser import Browser


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_a_page_takes_a_fixed_number_of_statements(make_app: MakeApp, orm: str) -> None:
    with trace() as seen:
        app = make_app(STACK_ORM=orm)
        people = People(Client(in_process(app)))
        reader, author = people.new(), people.new()
        reader.post(f"/profiles/{author.username}/follow")
        browser = Browser(app)
        browser.sign_in(reader)

        def count(path: str) -> int:
            seen.clear()
            assert browser.get(path).status_code == 200
            return sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen)

        def more(articles: int) -> str:
            slug = ""
            for number in range(articles):
                slug = author.publish(tagList=[f"t{number}", "x"])["slug"]
                reader.post(f"/articles/{slug}/favorite")
                reader.comment(slug)
                author.comment(slug)
            return slug

        slug = more(1)
        paths = [
            "/", "/?feed=following", "/tag/x", "/editor", "/settings", f"/article/{slug}",
            f"/profile/{author.username}", f"/profile/{reader.username}/favorites",
        ]  # fmt: skip
        few = {path: count(path) for path in paths}
        more(12)
        for _ in range(10):
            author.comment(slug)
        assert {path: count(path) for path in paths} == few
        assert max(few.values()) <= 7
