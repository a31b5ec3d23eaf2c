"""Each kind of bad input gets the same response from every operation (section 1.8 of the contract)."""

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest

from ..conduit import limits
from ..conduit.limits import BLANK, INVALID, REQUEST_BYTES, too_long, too_short
from .client import Answer, Client
from .expect import expect_each, expect_error, ok
from .people import PASSWORD, People, Person, unique


@dataclass(frozen=True)
class Form:
    """An operation with a payload: its method and path, the key around the payload, and a valid payload."""

    method: str
    path: str
    envelope: str
    good: dict[str, Any]
    required: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Writer:
    """A user who sends forms, and the slug of their article."""

    user: Person
    slug: str

    @classmethod
    def register(cls, people: People) -> "Writer":
        user = people.new()
        return cls(user, user.publish()["slug"])

    def send(self, form: Form, value: Any, headers: dict[str, str] | None = None) -> Answer:
        return self.user.call(form.method, form.path.replace("{slug}", self.slug), value, headers)

    def send_fields(self, form: Form, **fields: Any) -> Answer:
        return self.send(form, {form.envelope: {**form.good, **fields}})


@pytest.fixture
def writer(people: People) -> Writer:
    return Writer.register(people)


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

NOT_JSON = [
    b"{",
    b"",
    b"hello",
    b"{'user': 1}",
    b'{"user": {},}',
    b'{"user": NaN}',
    b"[-Infinity]",
    '{"user": "é"}'.encode("latin-1"),
    '{"user": {}}'.encode("utf-16"),
    b"{} {}",
    b"[" * 200_000,
    b"[" + b"9" * 5_000 + b"]",
]


def test_a_body_that_is_not_json(writer: Writer) -> None:
    def check(form: Form, body: bytes) -> None:
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        expect_error(writer.send(form, body, headers), 400, body="is not JSON")

    expect_each(check, product(FORMS, NOT_JSON))


def test_a_body_of_another_content_type(writer: Writer) -> None:
    def check(form: Form, kind: str) -> None:
        answer = writer.send(form, b'{"user": {}}', {"Content-Type": kind})
        expect_error(answer, 415, body="must be application/json")

    kinds = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"]
    expect_each(check, product(FORMS, kinds))


def test_other_spellings_of_the_json_content_type(writer: Writer) -> None:
    def check(form: Form, kind: str) -> None:
        expect_error(writer.send(form, b"{}", {"Content-Type": kind}), 422, **{form.envelope: BLANK})

    kinds = ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json;charset=ascii"]
    expect_each(check, product(FORMS, kinds))


def test_a_body_of_more_than_a_mebibyte(writer: Writer) -> None:
    def check(form: Form) -> None:
        expect_error(writer.send(form, b'"' + b"x" * REQUEST_BYTES + b'"'), 413, body="is too large")

    expect_each(check, product(FORMS))


def test_an_envelope_that_is_absent(writer: Writer) -> None:
    def check(form: Form, value: Any) -> None:
        expect_error(writer.send(form, json.dumps(value).encode()), 422, **{form.envelope: BLANK})

    expect_each(check, product(FORMS, [{}, [], "text", 1, None, True, {"other": {}}, [[]]]))


def test_an_envelope_that_is_no_object(writer: Writer) -> None:
    def check(form: Form, value: Any) -> None:
        expect_error(writer.send(form, {form.envelope: value}), 422, **{form.envelope: BLANK})

    expect_each(check, product(FORMS, [None, "text", 1, True, [], [{}], ""]))


def test_no_body_at_all(writer: Writer) -> None:
    def check(form: Form) -> None:
        expect_error(writer.send(form, None), 422, **{form.envelope: BLANK})

    expect_each(check, product(FORMS))


REQUIRED = [(form, field) for form in FORMS for field in form.required]


def test_a_required_field_that_is_absent(writer: Writer) -> None:
    def check(form: Form, field: str) -> None:
        fields = {name: value for name, value in form.good.items() if name != field}
        expect_error(writer.send(form, {form.envelope: fields}), 422, **{field: BLANK})

    expect_each(check, REQUIRED)


def test_a_required_field_that_is_blank(writer: Writer) -> None:
    def check(form: Form, field: str, nothing: str | None) -> None:
        expect_error(writer.send_fields(form, **{field: nothing}), 422, **{field: BLANK})

    blanks = [None, "", " ", "\t\n", "\u00a0\u3000"]
    expect_each(check, [(*row, nothing) for row in REQUIRED for nothing in blanks])


def test_all_missing_fields_are_reported_at_once(writer: Writer) -> None:
    def check(form: Form) -> None:
        expect_error(writer.send(form, {form.envelope: {}}), 422, **dict.fromkeys(form.required, BLANK))

    expect_each(check, product([REGISTER, LOGIN, PUBLISH, COMMENT]))


TEXTS = [
    *((form, field) for form, field in REQUIRED),
    *((UPDATE_USER, field) for field in ("username", "email", "password", "bio", "image")),
    *((UPDATE, field) for field in ("title", "description", "body")),
]


def test_a_text_of_another_type(writer: Writer) -> None:
    def check(form: Form, field: str, value: Any) -> None:
        expect_error(writer.send_fields(form, **{field: value}), 422, **{field: INVALID})

    values: list[Any] = [1, 1.5, True, [], ["x"], {}, {"x": 1}]
    expect_each(check, [(*row, value) for row in TEXTS for value in values])


def test_a_text_that_cannot_be_kept(writer: Writer) -> None:
    def check(form: Form, field: str, value: str) -> None:
        expect_error(writer.send_fields(form, **{field: value}), 422, **{field: INVALID})

    values = ["long enough \x00", "\ud800 long enough", "long enough \udfff"]
    expect_each(check, [(*row, value) for row in TEXTS for value in values])


NO_NAMES = [
    *(
        f"ad{character}min"
        for character in "\t\n\x1b\x7f\x85\xad\u061c\u200b\u200d\u202e\u2028\u2029\u2066\ufeff\U000e0041"
    ),
    *(" admin", "admin\u00a0", "admin\n", "\u200badmin", "´admin", ".", "..", "．．", "a/b", "／a", "a℀b"),
]
"""Some of them are invalid only after NFKC: the full-width slash and dots, the acute accent, a/c in one character."""


def test_a_name_that_is_not_plain_to_see(writer: Writer) -> None:
    def refuse(form: Form, name: str) -> None:
        expect_error(writer.send_fields(form, username=name), 422, username=INVALID)

    def refuse_long(form: Form, name: str) -> None:
        answer = writer.send_fields(form, username=name)
        assert (answer.status, answer.json["errors"]["username"][0]) == (422, too_long(limits.USERNAME))

    def accept(form: Form, name: str) -> None:
        answer = writer.send_fields(form, username=name + unique(""), email=f"{unique('u')}@test.com")
        ok(answer, 200 if form.method == "PUT" else 201)

    forms = [REGISTER, UPDATE_USER]
    expect_each(refuse, product(forms, NO_NAMES))
    expect_each(refuse_long, product(forms, ["ﷺ" * limits.USERNAME, "ﷺ" * 100_000, "e\u0301" * (limits.USERNAME + 1)]))
    expect_each(accept, product(forms, ["e\u0301" * (limits.USERNAME - 13), "...", "."]))


LINES = [(form, field) for form in (PUBLISH, UPDATE) for field in ("title", "description", "tagList")]
PARAGRAPHS = [(PUBLISH, "body"), (UPDATE, "body"), (COMMENT, "body"), (UPDATE_USER, "bio")]
CONTROLS = "\x01\x08\x0b\x0c\x1b\x1f\x7f\x80\x85\x9f"


def test_a_control_character(writer: Writer) -> None:
    def check(form: Form, field: str, character: str) -> None:
        for text in (f"a{character}b", f"a{character}"):
            value = [text] if field == "tagList" else text
            expect_error(writer.send_fields(form, **{field: value}), 422, **{field: INVALID})

    lines = [(*row, character) for row in LINES for character in CONTROLS + "\t\n\r"]
    paragraphs = [(*row, character) for row in PARAGRAPHS for character in CONTROLS]
    expect_each(check, lines + paragraphs)


def test_a_text_of_several_lines(writer: Writer) -> None:
    def check(form: Form, field: str) -> None:
        text = "\tone\r\ntwo\u2028three\n"
        answer = writer.send_fields(form, **{field: text})
        assert next(iter(ok(answer, 200 if form.method == "PUT" else 201).values()))[field] == text

    expect_each(check, PARAGRAPHS)


NO_TAGS: list[Any] = [
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
]


def test_an_invalid_list_of_tags(writer: Writer) -> None:
    def check(form: Form, value: Any) -> None:
        expect_error(writer.send_fields(form, tagList=value), 422, tagList=INVALID)

    expect_each(check, product([PUBLISH, UPDATE], NO_TAGS))


def test_more_than_twenty_tags(writer: Writer) -> None:
    tags = [f"t{number}" for number in range(limits.TAGS + 1)]
    expect_error(writer.send_fields(PUBLISH, tagList=tags), 422, tagList=INVALID)
    assert ok(writer.send_fields(PUBLISH, tagList=tags[:-1]), 201)["article"]["tagList"] == tags[:-1]


def test_tags_that_are_null(writer: Writer) -> None:
    def check(form: Form) -> None:
        expect_error(writer.send_fields(form, tagList=None), 422, tagList=BLANK)

    expect_each(check, product([PUBLISH, UPDATE]))


NO_EMAILS = [
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
]


def test_an_invalid_email(writer: Writer) -> None:
    def check(form: Form, email: str) -> None:
        expect_error(writer.send_fields(form, email=email), 422, email=INVALID)

    expect_each(check, product([REGISTER, LOGIN, UPDATE_USER], NO_EMAILS))


def test_a_password_that_is_too_short(writer: Writer) -> None:
    def check(form: Form, password: str) -> None:
        answer = writer.send_fields(form, password=password)
        expect_error(answer, 422, password=too_short(limits.PASSWORD_MIN))

    expect_each(check, product([REGISTER, UPDATE_USER], ["a", "1234567", "pässwör"]))


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


def test_a_text_that_is_too_long(writer: Writer) -> None:
    def check(form: Form, field: str, maximum: int) -> None:
        answer = writer.send_fields(form, **{field: "é" * (maximum + 1)})
        expect_error(answer, 422, **{field: too_long(maximum)})

    expect_each(check, LIMITS)


def test_a_text_as_long_as_allowed(people: People) -> None:
    def check(form: Form, field: str, maximum: int) -> None:
        text = unique("").ljust(maximum, "é")
        ok(Writer.register(people).send_fields(form, **{field: text}), 200 if form.method == "PUT" else 201)

    expect_each(check, [row for row in LIMITS if row[0] not in (REGISTER, LOGIN)])


def test_an_email_that_is_too_long(people: People, writer: Writer) -> None:
    email = f"{'x' * limits.EMAIL}@test.com"
    expect_error(writer.send_fields(REGISTER, email=email), 422, email=too_long(limits.EMAIL))
    just = unique("x").ljust(limits.EMAIL - len("@test.com"), "x") + "@test.com"
    ok(people.register(unique("u"), just), 201)


def test_several_errors_are_reported_at_once(people: People) -> None:
    answer = people.register("", "nonsense", "short")
    expect_error(answer, 422, username=BLANK, email=INVALID, password=too_short(limits.PASSWORD_MIN))


def test_unknown_fields_are_ignored(writer: Writer) -> None:
    def check(form: Form) -> None:
        name = unique("surplus")
        mine = {"username": name, "email": f"{name}@test.com"} if form is REGISTER else {}
        payload = {**form.good, **mine, "slug": "mine", "id": 1, "x": {}}
        answer = writer.send(form, {form.envelope: payload, "other": 1})
        assert answer.status in ((401,) if form is LOGIN else (200, 201))
        assert b'"mine"' not in answer.body

    expect_each(check, product(FORMS))


def test_an_unknown_route(anyone: Client) -> None:
    def check(path: str) -> None:
        expect_error(anyone.get(path), 404, request="not found")

    paths = ["", "/", "/nothing", "/tags/", "/articles/", "/user/x", "/articles/a/b/c", "/api/tags"]
    expect_each(check, product(paths))


WRONG_METHODS = [
    ("POST", "/tags", {"GET"}),
    ("DELETE", "/user", {"GET", "PUT"}),
    ("PATCH", "/user", {"GET", "PUT"}),
    ("PUT", "/articles", {"GET", "POST"}),
    ("GET", "/users/login", {"POST"}),
    ("GET", "/articles/x/favorite", {"POST", "DELETE"}),
    ("GET", "/articles/x/comments/1", {"DELETE"}),
]


def test_a_wrong_method(anyone: Client) -> None:
    def check(method: str, path: str, allowed: set[str]) -> None:
        answer = anyone.call(method, path)
        expect_error(answer, 405, request="method not allowed")
        assert allowed <= {each.strip() for each in answer.headers["allow"].split(",")}

    expect_each(check, WRONG_METHODS)


def test_a_rejected_update_changes_nothing(people: People) -> None:
    user: Person = people.new()
    before = ok(user.get("/user"))["user"]
    expect_error(user.put("/user", {"user": {"bio": "new", "email": "nonsense"}}), 422, email=INVALID)
    after = ok(user.get("/user"))["user"]
    assert {**after, "token": ""} == {**before, "token": ""}
