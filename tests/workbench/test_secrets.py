"""No page of the inspector shows a password, a hash, a token or a key."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask

from assembly_required.contract.people import PASSWORD, unique
from assembly_required.stack.assembly import assembled
from assembly_required.workbench.recording.masking import HIDDEN, mask_text
from tests.site.browser import errors
from tests.site.mailbox import NEW, letters, path_in
from tests.workbench.conftest import Mount
from tests.workbench.visitor import Visitor, open_workbench

STACKS: dict[str, dict[str, Any]] = {
    "classic": {},
    "typed": {"STACK": "typed"},
    "bare": {"STACK": "bare", "STACK_TOKENS": "flask_httpauth"},
    "django": {"STACK": "django", "STACK_LOGIN": "plain", "STACK_FORMS": "flask_wtf"},
}
"""They have each option of the slots ``tokens``, ``login``, ``hashing``, and both ways to protect forms."""

WRONG = "a wrong one 99"


class Sleuth(Visitor):
    """A browser that remembers the secrets it has seen."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.secrets: set[str] = {PASSWORD, NEW, WRONG, str(app.config["SECRET_KEY"])}

    def note_cookies(self) -> None:
        for cookie in self.client._cookies.values():
            self.secrets.add(cookie.value)

    def ask(self, path: str, method: str = "GET", token: str = "", **body: Any) -> Any:
        """Send a request to the API."""
        headers = {"Authorization": f"Token {token}"} if token else {}
        response = self.client.open(f"/api{path}", method=method, headers=headers, json=body or None)
        return response.get_json()

    def read_all(self) -> str:
        """Return all pages of the inspector, with a plan of each statement."""
        pages = [self.get("/workbench/requests").text]
        for path in re.findall(r'href="(/workbench/requests/[0-9a-f]{12})"', pages[0]):
            pages.append(self.get(path).text)
            pages += [self.send(each).text for each in re.findall(rf'action="({path}/statements/\d+/plan)', pages[-1])]
        return "\n".join(pages)


def use_everything(visitor: Sleuth, app: Flask) -> None:
    """Register, sign in, reset a password, confirm an address, and use tokens."""
    name = unique("sleuth")
    email = f"{name}@example.com"
    visitor.submit("/register", username=name, email=email, password=PASSWORD)
    visitor.note_cookies()
    visitor.post("/logout", on="/settings")
    visitor.submit("/login", email=email, password=WRONG)
    visitor.submit("/login", email=email, password=PASSWORD, remember="y")
    visitor.note_cookies()
    visitor.get("/settings")
    visitor.submit("/settings", username=name, email=email, bio="", image="", password=NEW, current=PASSWORD)
    visitor.note_cookies()
    visitor.submit("/password/reset", email=email)
    (watched,) = open_workbench(app).pool.apps
    for letter in letters(watched, email):
        path = path_in(letter)
        visitor.secrets.add(path.rpartition("/")[2])
        visitor.get(path)
        visitor.get(f"/nowhere{path}")
        visitor.get(f"/login?next={path}")
        page = visitor.client.get("/", headers={"Referer": f"http://localhost{path}"})
        assert page.status_code == 200
        if path.startswith("/password/reset"):
            assert errors(visitor.submit(path, password="short"))
        visitor.submit(path, password=NEW)
    visitor.submit("/login", email=email, password=NEW)
    user = visitor.ask("/users", "POST", user={"username": f"{name}2", "email": f"2{email}", "password": PASSWORD})
    token = user["user"]["token"]
    visitor.secrets.add(token)
    assert visitor.ask("/users/login", "POST", user={"email": f"2{email}", "password": PASSWORD})["user"]
    visitor.ask("/users/login", "POST", user={"email": f"2{email}", "password": WRONG})
    assert visitor.ask("/user", token=token)["user"]["username"] == f"{name}2"
    visitor.ask("/user", "PUT", token, user={"password": NEW})
    visitor.ask(f"/tags?token={token}&api_key={token}&x={token}")
    visitor.ask("/user", token=f"{token}x")


def read_hashes(app: Flask) -> set[str]:
    """The hashes in the database, of passwords and of the keys of sessions."""
    with closing(sqlite3.connect(assembled(app).settings.database.location)) as connection:
        statement = "SELECT password_hash FROM users UNION SELECT key_hash FROM sessions"
        return {found for (found,) in connection.execute(statement)}


@pytest.mark.parametrize(
    ("stack", "functions"),
    [
        ("classic", False),
        pytest.param("bare", False, marks=pytest.mark.full),
        pytest.param("django", False, marks=pytest.mark.full),
        pytest.param("typed", False, marks=pytest.mark.full),
        pytest.param("classic", True, marks=pytest.mark.full),
    ],
)
def test_nothing_secret_is_shown(mount_app: Mount, stack: str, functions: bool) -> None:
    app = mount_app(DEBUG=True, **STACKS[stack])
    visitor = Sleuth(app)
    visitor.get("/workbench")
    if functions:
        visitor.send("/workbench/requests/functions", functions="on")
    use_everything(visitor, app)
    visitor.note_cookies()
    hashes = read_hashes(app)
    assert len(hashes) >= 3
    history = open_workbench(app).history
    kept = history.list(visitor.chosen.id)
    assert len(kept) >= 25
    text = unquote(unescape(visitor.read_all()))
    for cookie in visitor.client._cookies.values():  # the token of the workbench's own forms is in its pages
        if cookie.key == "workbench":
            visitor.secrets.discard(cookie.value)
    assert len(visitor.secrets) >= 12
    for secret in visitor.secrets | hashes:
        assert secret
        assert secret not in text, secret
    assert text.count(HIDDEN) > 50
    assert "/password/reset/(hidden)" in text
    assert "A letter was queued: password reset" in text
    assert 'href="/mail"' in text


def test_each_route_with_a_token_is_known(mount_app: Mount) -> None:
    app = mount_app()
    routes = [rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert len(routes) >= 4
    for route in routes:
        path = re.sub("<[^>]+>", "abc", route)
        assert mask_text(path) == path.replace("abc", HIDDEN)
