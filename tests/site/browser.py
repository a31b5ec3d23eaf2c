"""A browser without a screen: it keeps cookies and fills in forms."""

import re
from html import unescape
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assembly_required.contract.people import PASSWORD, Person
from assembly_required.stack.assembly import assembled

TOKEN = re.compile(r'<input type="hidden" name="(csrf\w*)" value="([^"]+)">')


class Browser:
    """Somebody's browser.

    :param app: the app that it looks at.
    """

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def token(self, path: str = "/login") -> dict[str, str]:
        """The hidden field of the first form of a page."""
        found = TOKEN.search(self.get(path).text)
        assert found, f"{path} has no form"
        return {found[1]: unescape(found[2])}

    def post(self, path: str, *, on: str = "/login", **fields: str | list[str]) -> TestResponse:
        """Send a form as the page ``on`` would."""
        response = self.client.post(path, data={**self.token(on), **fields})
        _ = response.data
        response.close()  # what is done after the response is done now
        return response

    def submit(self, path: str, **fields: str | list[str]) -> TestResponse:
        """Send the form of a page to that page."""
        return self.post(path, on=path, **fields)

    def sign_in(self, user: Person, password: str = PASSWORD, to: str = "", **fields: str) -> TestResponse:
        path = f"/login?next={quote(to)}" if to else "/login"
        return self.submit(path, email=user.email, password=password, **fields)

    @property
    def user(self) -> str | None:
        """The name in the navigation."""
        found = re.search(r'nav-user" href="/profile/([^"]+)"', self.get("/").text)
        return found and found[1]

    def forget_session(self) -> None:
        """Close it and open it again."""
        self.client.delete_cookie("session")


class Staff(Browser):
    """The browser of somebody who may enter the admin.

    :param person: somebody, who is made staff and signed in.
    """

    def __init__(self, app: Flask, person: Person) -> None:
        super().__init__(app)
        self.person = person
        grant(app, person, "staff")
        self.sign_in(person)


def grant(app: Flask, person: Person, *names: str) -> None:
    """Give somebody groups or permissions, as ``flask user grant`` does."""
    with app.app_context():
        store = assembled(app).store
        found = store.login(person.email)
        assert found
        for name in names:
            store.grant(found[0], name)


def errors(page: TestResponse) -> list[str]:
    """What stands in the list of errors, which is there once or not at all."""
    lists = re.findall(r'<ul class="error-messages"[^>]*>(.*?)</ul>', page.text, re.DOTALL)
    assert len(lists) <= 1
    return [unescape(item) for found in lists for item in re.findall(r"<li>(.*?)</li>", found)]


def beside(page: TestResponse, name: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'<span class="wrong" id="{name}-errors">(.*?)</span>', page.text)
    return unescape(found[1]) if found else ""


def value(page: TestResponse, name: str) -> str | None:
    """What stands in a field of one line."""
    (tag,) = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page.text)
    found = re.search(r' value="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def text_in(page: TestResponse, name: str) -> str:
    """What stands in a field of several lines, as a browser reads it."""
    (found,) = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    return unescape(found.replace("\r\n", "\n").removeprefix("\n"))
