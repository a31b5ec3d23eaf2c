"""A test browser that keeps cookies and submits forms."""

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
    """The browser of a user.

    :param app: the app to visit.
    """

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def token(self, path: str = "/login") -> dict[str, str]:
        """Return the hidden token of the first form on a page."""
        found = TOKEN.search(self.get(path).text)
        assert found, f"{path} has no form"
        return {found[1]: unescape(found[2])}

    def post(self, path: str, *, on: str = "/login", **fields: str | list[str]) -> TestResponse:
        """Submit a form with the token of the page ``on``."""
        return self.client.post(path, data={**self.token(on), **fields})

    def submit(self, path: str, **fields: str | list[str]) -> TestResponse:
        """Submit the form of a page to the same URL."""
        return self.post(path, on=path, **fields)

    def sign_in(self, user: Person, password: str = PASSWORD, to: str = "", **fields: str) -> TestResponse:
        path = f"/login?next={quote(to)}" if to else "/login"
        return self.submit(path, email=user.email, password=password, **fields)

    @property
    def user(self) -> str | None:
        """Return the username in the navigation."""
        found = re.search(r'nav-user" href="/profile/([^"]+)"', self.get("/").text)
        return found and found[1]

    def forget_session(self) -> None:
        """Close the browser and open it again: session cookies are lost."""
        self.client.delete_cookie("session")


class Staff(Browser):
    """The browser of a user who may use the admin.

    :param person: the user, who gets the group ``staff`` and is signed in.
    """

    def __init__(self, app: Flask, person: Person) -> None:
        super().__init__(app)
        self.person = person
        grant(app, person, "staff")
        self.sign_in(person)


def grant(app: Flask, person: Person, *names: str) -> None:
    """Grant groups or permissions to a user, like ``flask user grant``."""
    with app.app_context():
        store = assembled(app).store
        found = store.find_account(person.email)
        assert found
        for name in names:
            store.grant(found.user, name)


def errors(page: TestResponse) -> list[str]:
    """Return the texts in the list of errors, which occurs at most once on a page."""
    lists = re.findall(r'<ul class="error-messages"[^>]*>(.*?)</ul>', page.text, re.DOTALL)
    assert len(lists) <= 1
    return [unescape(item) for found in lists for item in re.findall(r"<li>(.*?)</li>", found)]


def beside(page: TestResponse, name: str) -> str:
    """Return the error beside a field."""
    found = re.search(rf'<span class="wrong" id="{name}-errors">(.*?)</span>', page.text)
    return unescape(found[1]) if found else ""


def value(page: TestResponse, name: str) -> str | None:
    """Return the value of an ``input`` field."""
    (tag,) = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page.text)
    found = re.search(r' value="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def text_in(page: TestResponse, name: str) -> str:
    """Return the value of a ``textarea`` as a browser reads it."""
    (found,) = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    return unescape(found.replace("\r\n", "\n").removeprefix("\n"))
