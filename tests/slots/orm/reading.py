"""What a database that cannot be written still does: pages are read, and a form comes back with what was typed.

As a program it checks this for instances on a read-only mount; it reads ``{"visitor": ..., "instances": ...}``, with
the folder of each option of ``orm``.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from assembly_required.contract.databases import disconnect
from assembly_required.contract.people import People
from assembly_required.factory import create_app
from assembly_required.lab.sandbox import CHEAP
from tests.conftest import ROOT
from tests.site.browser import Browser, errors, text_in, value

NOT_SAVED = "Nothing was saved, because the server cannot save at the moment. Try again in a few seconds."

WORDS = "My words " * 1_000
"""Too long for the free space in a page of a full database."""


@dataclass(frozen=True)
class Visitor:
    """A user who is signed in, and has read a page with a form, before the database fails.

    :param form: the hidden field of forms.
    """

    token: str
    session: str
    form: dict[str, str]
    slug: str

    @classmethod
    def of(cls, app: Flask, people: People) -> "Visitor":
        author, browser = people.new(), Browser(app)
        slug = author.publish()["slug"]
        browser.sign_in(author)
        form = browser.token("/editor")
        cookie = browser.client.get_cookie("session")
        assert cookie
        return cls(author.token or "", cookie.value, form, slug)


def expect_reading_only(app: Flask, visitor: Visitor) -> None:
    """Check what can be read, and what is answered to each form and to a request of the API."""
    client = app.test_client()
    client.set_cookie("session", visitor.session)
    for path in ("/", f"/article/{visitor.slug}", "/api/articles", "/editor", "/health"):
        assert client.get(path).status_code == 200, path
    typed = {"title": "My title", "description": "Mine", "body": WORDS, "tags": ["mine"]}
    written = client.post("/editor", data={**visitor.form, **typed})
    expect_form(written)
    assert value(written, "title") == "My title"
    assert text_in(written, "body") == WORDS
    assert 'value="mine" checked' in written.text
    comment = client.post(f"/article/{visitor.slug}/comments", data={**visitor.form, "body": WORDS})
    expect_form(comment)
    assert text_in(comment, "body") == WORDS
    article = {"article": {"title": "T", "description": "D", "body": WORDS}}
    answer = app.test_client().post("/api/articles", json=article, headers={"Authorization": f"Token {visitor.token}"})
    assert (answer.status_code, answer.json) == (503, {"errors": {"request": ["not available"]}})
    assert answer.headers["Retry-After"]


def expect_form(page: TestResponse) -> None:
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert errors(page) == [NOT_SAVED]


def main() -> None:
    given = json.load(sys.stdin)
    for orm, folder in given["instances"].items():
        print(orm, Path(folder).name, flush=True)
        app = create_app({**CHEAP, "INSTANCE_PATH": folder, "STACK_ORM": orm}, root=ROOT)
        expect_reading_only(app, Visitor(**given["visitor"]))
        disconnect(app)
    print("all")


if __name__ == "__main__":
    main()
