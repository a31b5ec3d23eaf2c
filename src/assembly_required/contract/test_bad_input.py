"""Each kind of bad input gets the same response from every operation (section 1.8 of the contract)."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from ..conduit import limits
from ..conduit.limits import BLANK, INVALID, REQUEST_BYTES, too_long, too_short
from .client import Answer, Client
from .expect import expect_error, ok
from .people import PASSWORD, People, Person, unique


@dataclass(frozen=True)
class Form:
    """An operation with a payload: its method and path, the key around the payload, and a valid payload."""

    method: str
    path: str
    envelope: str
    good: dict[str, Any]
    required: tuple[str, ...] = ()

    def send(self, people: People, value: Any, headers: dict[str, str] | None = None) -> Answer:
        user = people.new()
        slug = user.publish()["slug"] if "{slug}" in self.path else ""
        return user.call(self.method, self.path.replace("{slug}", slug), value, headers)

    def send_fields(self, people: People, **fields: Any) -> Answer:
        return self.send(people, {self.envelope: {**self.good, **fields}})


NAME = unique("bad")
REGISTER = Form(
    "POST", "/users", "user",
    {"username": NAME, "email": f"{NAME}@test.com", "password": PASSWORD}, ("username", "email", "password"),
)  # fmt: skip
LOGIN = Form("POST", "/users/login", "user", {"email": "a@test.com", "password": PASSWORD}, ("email", "password"))
UPDATE_USER = Form("PUT", "/user", "user", {})
PUBLISH = Form(
    "POST", "/articles", "article",
    {"title": "T", "description": "D", "body": "B"}, ("title", "description", "body"),
)  # fmt: skip
UPDATE = Form("PUT", "/articles/{slug}", "article", {})
COMMENT = Form("POST", "/articles/{slug}/comments", "comment", {"body": "B"}, ("body",))

FORMS = [REGISTER, LOGIN, UPDATE_USER, PUBLISH, UPDATE, COMMENT]
IDS = ["register", "login", "update_user", "publish", "update_article", "comment"]
every_form = pytest.mark.parametrize("form", FORMS, ids=IDS)

NOT_JSON = {
    "a bracket": b"{",
    "nothing": b"",
    "words": b"hello",
    "single quotes": b"{'user': 1}",
    "a comma too many": b'{"user": {},}',
    "NaN": b'{"user": NaN}',
    "Infinity": b"[-Infinity]",
    "Latin-1": '{"user": "é"}'.encode("latin-1"),
    "UTF-16": '{"user": {}}'.encode("utf-16"),
    "two values": b"{} {}",
    "too deep": b"[" * 200_000,
    "a number of 5,000 digits": b"[" + b"9" * 5_000 + b"]",
}


@every_form
@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
def test_a_body_that_is_not_json(people: People, form: Form, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    expect_error(form.send(people, body, headers), 400, body="is not JSON")


@every_form
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
def test_a_body_of_another_content_type(people: People, form: Form, kind: str) -> None:
    expect_error(form.send(people, b'{"user": {}}', {"Content-Type": kind}), 415, body="must be application/json")


@every_form
@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=ascii"]
)
def test_other_spellings_of_the_json_content_type(people: People, form: Form, kind: str) -> None:
    answer = form.send(people, b"{}", {"Content-Type": kind})
    expect_error(answer, 422, **{form.envelope: BLANK})


@every_form
def test_a_body_of_more_than_a_mebibyte(people: People, form: Form) -> None:
    expect_error(form.send(people, b'"' + b"x" * REQUEST_BYTES + b'"'), 413, body="is too large")


@every_form
@pytest.mark.parametrize("value", [{}, [], "text", 1, None, True, {"other": {}}, [[]]], ids=repr)
def test_an_envelope_that_is_absent(people: People, form: Form, value: Any) -> None:
    expect_error(form.send(people, json.dumps(value).encode()), 422, **{form.envelope: BLANK})


@every_form
@pytest.mark.parametrize("value", [None, "text", 1, True, [], [{}], ""], ids=repr)
def test_an_envelope_that_is_no_object(people: People, form: Form, value: Any) -> None:
    expect_error(form.send(people, {form.envelope: value}), 422, **{form.envelope: BLANK})


@every_form
def test_no_body_at_all(people: People, form: Form) -> None:
    expect_error(form.send(people, None), 422, **{form.envelope: BLANK})


REQUIRED = [(form, field) for form in FORMS for field in form.required]


@pytest.mark.parametrize(("form", "field"), REQUIRED)
def test_a_required_field_that_is_absent(people: People, form: Form, field: str) -> None:
    fields = {name: value for name, value in form.good.items() if name != field}
    expect_error(form.send(people, {form.envelope: fields}), 422, **{field: BLANK})


@pytest.mark.parametrize(("form", "field"), REQUIRED)
@pytest.mark.parametrize("nothing", [None, "", " ", "\t\n", "\u00a0\u3000"], ids=repr)
def test_a_required_field_that_is_blank(people: People, form: Form, field: str, nothing: str | None) -> None:
    expect_error(form.send_fields(people, **{field: nothing}), 422, **{field: BLANK})


@pytest.mark.parametrize("form", [REGISTER, LOGIN, PUBLISH, COMMENT], ids=["register", "login", "publish", "comment"])
def test_all_missing_fields_are_reported_at_once(people: People, form: Form) -> None:
    expect_error(form.send(people, {form.envelope: {}}), 422, **dict.fromkeys(form.required, BLANK))


TEXTS = [
    *((form, field) for form, field in REQUIRED),
    *((UPDATE_USER, field) for field in ("username", "email", "password", "bio", "image")),
    *((UPDATE, field) for field in ("title", "description", "body")),
]


@pytest.mark.parametrize(("form", "field"), TEXTS)
@pytest.mark.parametrize("value", [1, 1.5, True, [], ["x"], {}, {"x": 1}], ids=repr)
def test_a_text_of_another_type(people: People, form: Form, field: str, value: Any) -> None:
    expect_error(form.send_fields(people, **{field: value}), 422, **{field: INVALID})


@pytest.mark.parametrize(("form", "field"), TEXTS)
@pytest.mark.parametrize("value", ["long enough \x00", "\ud800 long enough", "long enough \udfff"], ids=ascii)
def test_a_text_that_cannot_be_kept(people: People, form: Form, field: str, value: str) -> None:
    expect_error(form.send_fields(people, **{field: value}), 422, **{field: INVALID})


NO_NAMES = [
    *(
        f"ad{character}min"
        for character in "\t\n\x1b\x7f\x85\xad\u061c\u200b\u200d\u202e\u2028\u2029\u2066\ufeff\U000e0041"
    ),
    *(" admin", "admin\u00a0", "admin\n", "\u200badmin", "´admin", ".", "..", "．．", "a/b", "／a", "a℀b"),
]
"""Some of them are invalid only after NFKC: the full-width slash and dots, the acute accent, a/c in one character."""


@pytest.mark.parametrize("form", [REGISTER, UPDATE_USER], ids=["register", "update_user"])
def test_a_name_that_is_not_plain_to_see(people: People, form: Form) -> None:
    for name in NO_NAMES:
        expect_error(form.send_fields(people, username=name), 422, username=INVALID)
    for name in ("ﷺ" * limits.USERNAME, "ﷺ" * 100_000, "e\u0301" * (limits.USERNAME + 1)):
        answer = form.send_fields(people, username=name)
        assert (answer.status, answer.json["errors"]["username"][0]) == (422, too_long(limits.USERNAME))
    for name in ("e\u0301" * (limits.USERNAME - 13), "...", "."):
        accepted = name + unique("")
        assert form.send_fields(people, username=accepted, email=f"{unique('u')}@test.com").status in (200, 201)


LINES = [(form, field) for form in (PUBLISH, UPDATE) for field in ("title", "description", "tagList")]
PARAGRAPHS = [(PUBLISH, "body"), (UPDATE, "body"), (COMMENT, "body"), (UPDATE_USER, "bio")]


@pytest.mark.parametrize(("form", "field"), LINES + PARAGRAPHS)
def test_a_control_character(people: People, form: Form, field: str) -> None:
    for character in "\x01\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f" + ("" if (form, field) in PARAGRAPHS else "\t\n\r"):
        for text in (f"a{character}b", f"a{character}"):
            value = [text] if field == "tagList" else text
            expect_error(form.send_fields(people, **{field: value}), 422, **{field: INVALID})


@pytest.mark.parametrize(("form", "field"), PARAGRAPHS)
def test_a_text_of_several_lines(people: People, form: Form, field: str) -> None:
    text = "\tone\r\ntwo\u2028three\n"
    answer = form.send_fields(people, **{field: text})
    assert answer.status in (200, 201)
    assert next(iter(answer.json.values()))[field] == text


@pytest.mark.parametrize("form", [PUBLISH, UPDATE], ids=["publish", "update"])
@pytest.mark.parametrize(
    "value",
    [
        "tag",
        1,
        {},
        {"0": "a"},
        True,
        [1],
        [None],
        [["a"]],
        [""],
        ["a", " "],
        ["\x00"],
        [{}],
        ["x" * 51],
        ["ok", "\ud800"],
    ],
    ids=ascii,
)
def test_an_invalid_list_of_tags(people: People, form: Form, value: Any) -> None:
    expect_error(form.send_fields(people, tagList=value), 422, tagList=INVALID)


def test_more_than_twenty_tags(people: People) -> None:
    tags = [f"t{number}" for number in range(limits.TAGS + 1)]
    expect_error(PUBLISH.send_fields(people, tagList=tags), 422, tagList=INVALID)
    assert ok(PUBLISH.send_fields(people, tagList=tags[:-1]), 201)["article"]["tagList"] == tags[:-1]


@pytest.mark.parametrize("form", [PUBLISH, UPDATE], ids=["publish", "update"])
def test_tags_that_are_null(people: People, form: Form) -> None:
    expect_error(form.send_fields(people, tagList=None), 422, tagList=BLANK)


@pytest.mark.parametrize("form", [REGISTER, LOGIN, UPDATE_USER], ids=["register", "login", "update_user"])
@pytest.mark.parametrize(
    "email",
    [
        "x",
        "x@",
        "@x.de",
        "x@y",
        "x y@z.de",
        "x@y z.de",
        "x@@y.de",
        "x@y..de",
        "x@-y.de",
        " x@y.de",
        "x@y.de\n",
        "é@y.de",
    ],
)
def test_an_invalid_email(people: People, form: Form, email: str) -> None:
    expect_error(form.send_fields(people, email=email), 422, email=INVALID)


@pytest.mark.parametrize("form", [REGISTER, UPDATE_USER], ids=["register", "update_user"])
@pytest.mark.parametrize("password", ["a", "1234567", "pässwör"])
def test_a_password_that_is_too_short(people: People, form: Form, password: str) -> None:
    expect_error(form.send_fields(people, password=password), 422, password=too_short(limits.PASSWORD_MIN))


LIMITS = [
    (REGISTER, "username", limits.USERNAME),
    (UPDATE_USER, "username", limits.USERNAME),
    (REGISTER, "password", limits.PASSWORD),
    (LOGIN, "password", limits.PASSWORD),
    (UPDATE_USER, "password", limits.PASSWORD),
    (UPDATE_USER, "bio", limits.BIO),
    (UPDATE_USER, "image", limits.IMAGE),
    (PUBLISH, "title", limits.TITLE),
    (PUBLISH, "description", limits.DESCRIPTION),
    (PUBLISH, "body", limits.BODY),
    (UPDATE, "title", limits.TITLE),
    (UPDATE, "description", limits.DESCRIPTION),
    (UPDATE, "body", limits.BODY),
    (COMMENT, "body", limits.COMMENT),
]


@pytest.mark.parametrize(("form", "field", "maximum"), LIMITS)
def test_a_text_that_is_too_long(people: People, form: Form, field: str, maximum: int) -> None:
    expect_error(form.send_fields(people, **{field: "é" * (maximum + 1)}), 422, **{field: too_long(maximum)})


@pytest.mark.parametrize(("form", "field", "maximum"), [row for row in LIMITS if row[0] not in (REGISTER, LOGIN)])
def test_a_text_as_long_as_allowed(people: People, form: Form, field: str, maximum: int) -> None:
    text = unique("").ljust(maximum, "é")
    assert form.send_fields(people, **{field: text}).status in (200, 201)


def test_an_email_that_is_too_long(people: People) -> None:
    email = f"{'x' * limits.EMAIL}@test.com"
    expect_error(REGISTER.send_fields(people, email=email), 422, email=too_long(limits.EMAIL))
    just = unique("x").ljust(limits.EMAIL - len("@test.com"), "x") + "@test.com"
    ok(people.register(unique("u"), just), 201)


def test_several_errors_are_reported_at_once(people: People) -> None:
    answer = people.register("", "nonsense", "short")
    expect_error(answer, 422, username=BLANK, email=INVALID, password=too_short(limits.PASSWORD_MIN))


@every_form
def test_unknown_fields_are_ignored(people: People, form: Form) -> None:
    name = unique("surplus")
    mine = {"username": name, "email": f"{name}@test.com"} if form is REGISTER else {}
    answer = form.send(people, {form.envelope: {**form.good, **mine, "slug": "mine", "id": 1, "x": {}}, "other": 1})
    assert answer.status in ((401,) if form is LOGIN else (200, 201))
    assert b'"mine"' not in answer.body


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/tags/", "/articles/", "/user/x", "/articles/a/b/c", "/api/tags"]
)
def test_an_unknown_route(anyone: Client, path: str) -> None:
    expect_error(anyone.get(path), 404, request="not found")


WRONG_METHODS = [
    ("POST", "/tags", {"GET"}),
    ("DELETE", "/user", {"GET", "PUT"}),
    ("PATCH", "/user", {"GET", "PUT"}),
    ("PUT", "/articles", {"GET", "POST"}),
    ("GET", "/users/login", {"POST"}),
    ("GET", "/articles/x/favorite", {"POST", "DELETE"}),
    ("GET", "/articles/x/comments/1", {"DELETE"}),
]


@pytest.mark.parametrize(("method", "path", "allowed"), WRONG_METHODS)
def test_a_wrong_method(anyone: Client, method: str, path: str, allowed: set[str]) -> None:
    answer = anyone.call(method, path)
    expect_error(answer, 405, request="method not allowed")
    assert allowed <= {each.strip() for each in answer.headers["allow"].split(",")}


def test_a_rejected_update_changes_nothing(people: People) -> None:
    user: Person = people.new()
    before = ok(user.get("/user"))["user"]
    expect_error(user.put("/user", {"user": {"bio": "new", "email": "nonsense"}}), 422, email=INVALID)
    after = ok(user.get("/user"))["user"]
    assert {**after, "token": ""} == {**before, "token": ""}
