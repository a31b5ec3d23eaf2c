"""Generated avatars: valid SVG, the same for the same name, safe for any name, and cached by the browser."""

from itertools import product
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask

from assembly_required.conduit import limits
from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.web.site.avatars import choose_colour
from tests.conftest import MakeApp

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


def letters(app: Flask, name: str) -> str | None:
    response = app.test_client().get(f"/avatars/{quote(name, safe='')}.svg")
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(response.data)  # noqa: S314 - our own
    assert {child.tag for child in root} == {f"{SVG}rect", f"{SVG}text"}
    return root.findtext(f"{SVG}text")


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("ada", "A"),
        ("mara_lindqvist_1", "ML"),
        ("<script>alert(1)</script>", "SA"),
        ("&\"'<>", "?"),
        ("{0.__class__}", "C"),
        ("ünï 你好", "Ü你"),
        ("ßx", "SS"),
        ("a.svg", "AS"),
        ("42", "?"),
        ("\x00\ufffe\x1b", "?"),
        ("😀", "?"),
    ],
)
def test_any_name_gives_a_picture_with_its_initials(app: Flask, name: str, initials: str) -> None:
    assert letters(app, name.replace("/", "")) == initials


def test_it_is_cached_and_asked_for_again_by_its_etag(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/avatars/ada.svg")
    assert first.headers["Cache-Control"] == "public, max-age=604800"
    assert "Set-Cookie" not in first.headers
    assert client.get("/avatars/ada.svg").data == first.data
    assert client.get("/avatars/ada.svg", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_an_impossible_name_has_no_picture(app: Flask) -> None:
    assert app.test_client().get(f"/avatars/{'a' * (limits.USERNAME + 1)}.svg").status_code == 404


def test_no_sign_in_and_no_database_is_needed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembled(app).store, "user", None)
    assert app.test_client().get("/avatars/ada.svg").status_code == 200


def test_white_letters_can_be_read_on_every_colour() -> None:
    """WCAG 2.2, success criterion 1.4.3: a contrast of 4.5 to 1."""
    for first, second in product("abcdefghijklmnopqrstuvwxyz", repeat=2):
        colour = choose_colour(first + second)
        assert 1.05 / (luminance(colour) + 0.05) > 4.5, colour


def luminance(colour: str) -> float:
    """Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_pictures_of_the_demo_users_are_on_the_page_and_are_allowed_there(app: Flask) -> None:
    with app.app_context():
        demo.fill(assembled(app).store, assembled(app).hashing)
    client = app.test_client()
    page = client.get("/profile/ada")
    assert '<img class="user-img" src="/avatars/ada.svg"' in page.text
    assert "img-src *" in page.headers["Content-Security-Policy"]
    assert client.get("/avatars/ada.svg").status_code == 200
