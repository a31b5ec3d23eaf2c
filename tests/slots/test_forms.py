"""Every option of ``forms`` responds to the same input in the same way."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from assembly_required.conduit import limits
from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.limits import BLANK, INVALID, TAGS_WRONG, too_long, too_short
from assembly_required.stack.interfaces import Form, Forms
from assembly_required.stack.slots import SLOTS

REGISTER = {"username": "ana", "email": "ana@test.com", "password": "password123"}
SETTINGS = {**REGISTER, "image": "", "bio": "", "password": ""}
ARTICLE = {"title": "Title", "description": "About", "body": "Text"}


@pytest.fixture(scope="module", params=SLOTS["forms"].names)
def forms(request: pytest.FixtureRequest) -> Iterator[Forms]:
    app = Flask(__name__)
    app.secret_key = "secret"
    app.config["WTF_CSRF_ENABLED"] = False  # tests/site covers CSRF
    forms: Forms = import_module(f"assembly_required.adapters.forms.{request.param}").build(app)
    with app.test_request_context():
        yield forms


def loaded(forms: Forms, name: str, fields: dict[str, Any]) -> Any:
    form = forms.form(name, MultiDict(fields))
    try:
        return form.load()
    except Invalid as invalid:
        refusal = invalid
    form.refuse(refusal.errors)
    assert {name: list(field.errors) for name, field in form.fields.items() if field.errors} == refusal.errors
    return refusal.errors


@pytest.mark.parametrize(
    ("name", "fields", "meant"),
    [
        ("Register", REGISTER, REGISTER),
        ("Register", {**REGISTER, "surplus": "x"}, REGISTER),
        (
            "Register",
            {**REGISTER, "password": " " + "x" * 1022 + " "},
            {**REGISTER, "password": " " + "x" * 1022 + " "},
        ),
        ("Login", {"email": "a@b.cd", "password": "x"}, {"email": "a@b.cd", "password": "x", "remember": False}),
        (
            "Login",
            {"email": "a@b.cd", "password": "x", "remember": "y"},
            {"email": "a@b.cd", "password": "x", "remember": True},
        ),
        ("Settings", SETTINGS, SETTINGS),
        (
            "Settings",
            {**SETTINGS, "bio": " a\n ", "image": "javascript:x"},
            {**SETTINGS, "bio": " a\n ", "image": "javascript:x"},
        ),
        ("Article", ARTICLE, {**ARTICLE, "tags": []}),
        ("Article", {**ARTICLE, "tags": ["b", "a"]}, {**ARTICLE, "tags": ["b", "a"]}),
        ("Article", {**ARTICLE, "title": " x "}, {**ARTICLE, "title": " x ", "tags": []}),
        ("Register", {**REGISTER, "username": "ﬁe\u0301"}, {**REGISTER, "username": "fié"}),
        ("Settings", {**SETTINGS, "username": "e\u0301" * 64}, {**SETTINGS, "username": "é" * 64}),
        ("Comment", {"body": "\tone\r\ntwo\n"}, {"body": "\tone\r\ntwo\n"}),
        ("Comment", {"body": "\U0001f600" * limits.COMMENT}, {"body": "\U0001f600" * limits.COMMENT}),
    ],
)
def test_what_is_in_order(forms: Forms, name: str, fields: dict[str, Any], meant: dict[str, Any]) -> None:
    assert loaded(forms, name, fields) == meant


ALL_BLANK = {"username": [BLANK], "email": [BLANK], "password": [BLANK]}


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("Register", {}, ALL_BLANK),
        ("Register", {"username": " ", "email": "\t\n", "password": "\u3000"}, ALL_BLANK),
        ("Register", {**REGISTER, "username": "x" * 65}, {"username": [too_long(64)]}),
        ("Register", {**REGISTER, "username": "a/b"}, {"username": [INVALID]}),
        ("Register", {**REGISTER, "username": "a\0b"}, {"username": [INVALID]}),
        ("Register", {**REGISTER, "username": "a\ud800b"}, {"username": [INVALID]}),
        ("Register", {**REGISTER, "username": "ﷺ" * 64}, {"username": [too_long(64)]}),
        *(
            (form, {**fields, "username": name}, {"username": [INVALID]})
            for form, fields in (("Register", REGISTER), ("Settings", SETTINGS))
            for name in ("a\tb", "a\u200bb", "a\u202eb", "a\u2028b", " a", "a\u00a0", "a\n", ".", "..", "．．", "／a")
        ),
        *(
            ("Article", {**ARTICLE, field: f"a{odd}b"}, {field: [INVALID]})
            for field in ("title", "description")
            for odd in "\t\n\x1b\x85"
        ),
        *(("Article", {**ARTICLE, "body": f"a{odd}b"}, {"body": [INVALID]}) for odd in "\x0b\x1b\x85"),
        ("Article", {**ARTICLE, "title": "a\n"}, {"title": [INVALID]}),
        ("Article", {**ARTICLE, "tags": ["a\x1b"]}, {"tags": [TAGS_WRONG]}),
        ("Comment", {"body": "a\x1bb"}, {"body": [INVALID]}),
        ("Settings", {**SETTINGS, "bio": "a\x1bb"}, {"bio": [INVALID]}),
        ("Register", {**REGISTER, "email": "a@b"}, {"email": [INVALID]}),
        ("Register", {**REGISTER, "email": "a@b.cd\n"}, {"email": [INVALID]}),
        ("Register", {**REGISTER, "email": " a@b.cd"}, {"email": [INVALID]}),
        ("Register", {**REGISTER, "email": "x" * 250 + "@b.cd"}, {"email": [too_long(254)]}),
        ("Register", {**REGISTER, "password": "short"}, {"password": [too_short(8)]}),
        ("Register", {**REGISTER, "password": "x" * 1025}, {"password": [too_long(1024)]}),
        ("Register", {**REGISTER, "password": "pass\0word"}, {"password": [INVALID]}),
        ("Login", {"email": "", "password": ""}, {"email": [BLANK], "password": [BLANK]}),
        ("Settings", {}, {"username": [BLANK], "email": [BLANK]}),
        ("Settings", {**SETTINGS, "password": "short"}, {"password": [too_short(8)]}),
        ("Settings", {**SETTINGS, "bio": "x" * 1001}, {"bio": [too_long(1000)]}),
        ("Settings", {**SETTINGS, "image": "x" * 2001}, {"image": [too_long(2000)]}),
        ("Settings", {**SETTINGS, "image": "\0x"}, {"image": [INVALID]}),
        ("Article", {}, {"title": [BLANK], "description": [BLANK], "body": [BLANK]}),
        ("Article", {**ARTICLE, "title": "x" * 201}, {"title": [too_long(200)]}),
        ("Article", {**ARTICLE, "body": "x" * 100_001}, {"body": [too_long(100_000)]}),
        ("Article", {**ARTICLE, "tags": ["x" * 51]}, {"tags": [TAGS_WRONG]}),
        ("Article", {**ARTICLE, "tags": [" "]}, {"tags": [TAGS_WRONG]}),
        ("Article", {**ARTICLE, "tags": ["\0"]}, {"tags": [TAGS_WRONG]}),
        ("Article", {**ARTICLE, "tags": [str(number) for number in range(21)]}, {"tags": [TAGS_WRONG]}),
        ("Comment", {"body": "x" * 10_001}, {"body": [too_long(10_000)]}),
    ],
)
def test_what_is_wrong(forms: Forms, name: str, fields: dict[str, Any], wrong: dict[str, Any]) -> None:
    assert loaded(forms, name, fields) == wrong


@pytest.mark.parametrize("name", ["Register", "Login", "Settings", "Article", "Comment"])
def test_a_form_that_nobody_sent(forms: Forms, name: str) -> None:
    form = forms.form(name)
    assert form.general == []
    for field_name, field in form.fields.items():
        assert list(field.errors) == []
        assert field.label
        if field_name != "tags":
            assert f'name="{field_name}"' in field.control
            assert f'id="{field_name}"' in field.control
        assert " required" not in field.control
        assert "maxlength" not in field.control
        assert "aria-invalid" not in field.control


HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("name", "field"), [("Register", "username"), ("Settings", "bio"), ("Article", "title"), ("Comment", "body")]
)
def test_what_was_filled_in_is_escaped(forms: Forms, name: str, field: str) -> None:
    for form in (forms.form(name, MultiDict({field: HOSTILE})), forms.form(name, **{field: HOSTILE})):
        assert form.fields[field].value == HOSTILE
        assert "<script" not in form.fields[field].control
        assert "&lt;script" in form.fields[field].control


def test_a_password_does_not_come_back(forms: Forms) -> None:
    for name in ("Register", "Login", "Settings"):
        form = forms.form(name, MultiDict(REGISTER))
        assert REGISTER["password"] not in form.fields["password"].control


def refused(form: Form) -> Form:
    form.refuse({"username": ["is odd"], "elsewhere": ["went wrong"]})
    return form


def test_what_is_found_wrong_elsewhere_is_shown(forms: Forms) -> None:
    form = forms.form("Register", MultiDict(REGISTER))
    form.load()
    refused(form)
    assert list(form.fields["username"].errors) == ["is odd"]
    assert form.general == ["went wrong"]
    assert 'aria-invalid="true"' in form.fields["username"].control
    assert 'aria-describedby="username-errors"' in form.fields["username"].control
    assert "aria-invalid" not in form.fields["email"].control
