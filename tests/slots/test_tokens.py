"""Every option of ``tokens``: what the contract cannot test over HTTP."""

import base64
import json
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, tzinfo
from pathlib import Path

import jwt
import pytest
from flask import Flask, jsonify
from flask_httpauth import HTTPTokenAuth
from flask_jwt_extended import JWTManager, create_access_token, get_jwt_identity, jwt_required
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from assembly_required import create_app
from assembly_required.cli.stack import list_remarks
from assembly_required.conduit.model import User
from assembly_required.contract.client import Answer, Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import People, Person
from assembly_required.stack.assembly import assembled
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS
from assembly_required.web.signing import load_signed
from tests.conftest import ROOT, MakeApp, options

KEY = "a key that this test knows, of 32 bytes or more"
DAY = 24 * 60 * 60
OPTIONS = options("tokens")
PURPOSE = "assembly_required.tokens"
USER = User(17, "ana", "ana@x.de", bio=None, image=None, token_generation=3)

each_option = pytest.mark.parametrize("option", OPTIONS)

SetClock = Callable[[float], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """A function that sets the clock of every option to a number of seconds after the start of the test."""
    start = time.time()

    def set_to(seconds: float) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Clock":
                return cls.fromtimestamp(start + seconds, tz)

        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: int(start + seconds))
        monkeypatch.setattr("flask_jwt_extended.tokens.datetime", Clock)
        monkeypatch.setattr("jwt.api_jwt.datetime", Clock)
        monkeypatch.setattr("assembly_required.web.signing.time", lambda: start + seconds)
        monkeypatch.setattr("elsewhere.joserfc_tokens.time", lambda: start + seconds)

    return set_to


def people_of(app: Flask) -> People:
    return People(Client(in_process(app)))


def user_with(people: People, token: str | None) -> Answer:
    return Client(people.anyone.send, token).get("/user")


def raise_generation(app: Flask, user: Person) -> None:
    with app.app_context():
        store = assembled(app).store
        account = store.find_account(user.email)
        assert account
        assert store.edit_and_sign_out(account, {"bio": "b"})


@each_option
def test_a_token_expires(make_app: MakeApp, set_clock: SetClock, option: str) -> None:
    set_clock(0)
    user = people_of(make_app(STACK_TOKENS=option, TOKEN_DAYS=2)).new()
    set_clock(2 * DAY - 60)
    ok(user.get("/user"))
    set_clock(2 * DAY + 60)
    expect_error(user.get("/user"), 401, token="is invalid")
    expect_error(user.get("/articles"), 401, token="is invalid")


@each_option
def test_a_token_may_be_valid_for_as_long_as_the_settings_allow(make_app: MakeApp, option: str) -> None:
    ok(people_of(make_app(STACK_TOKENS=option, TOKEN_DAYS=KEYS["TOKEN_DAYS"].at_most)).new().get("/user"))


@each_option
def test_a_token_is_not_valid_before_it_was_issued(make_app: MakeApp, set_clock: SetClock, option: str) -> None:
    set_clock(60)
    user = people_of(make_app(STACK_TOKENS=option)).new()
    set_clock(0)
    expect_error(user.get("/user"), 401, token="is invalid")
    set_clock(120)
    ok(user.get("/user"))


@each_option
def test_the_clock_of_another_server_may_be_a_little_ahead(make_app: MakeApp, set_clock: SetClock, option: str) -> None:
    set_clock(2)
    user = people_of(make_app(STACK_TOKENS=option)).new()
    set_clock(0)
    ok(user.get("/user"))


@pytest.mark.parametrize(("age", "valid"), [(-10.5, False), (-10, True), (0, True), (60, True), (60.5, False)])
def test_what_is_signed_is_valid_to_the_second(monkeypatch: pytest.MonkeyPatch, age: float, valid: bool) -> None:
    serializer, signed_at = URLSafeTimedSerializer(KEY), 1_700_000_000
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: signed_at)
    signed = str(serializer.dumps("content"))
    monkeypatch.setattr("assembly_required.web.signing.time", lambda: signed_at + age)
    with nullcontext() if valid else pytest.raises(BadSignature):
        assert load_signed(serializer, signed, max_age=60) == "content"


@each_option
def test_a_raised_generation_ends_the_tokens_issued_before(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_TOKENS=option)
    people = people_of(app)
    user, other = people.new(), people.new()
    raise_generation(app, user)
    expect_error(user.get("/user"), 401, token="is invalid")
    expect_error(user.get("/articles"), 401, token="is invalid")
    ok(other.get("/user"))
    token = ok(people.log_in(user.email))["user"]["token"]
    assert ok(user_with(people, token))["user"]["token"] == token


OLD_TOKENS = {
    "plain": lambda: URLSafeTimedSerializer(KEY, salt=PURPOSE).dumps(1),
    "flask_httpauth": lambda: URLSafeTimedSerializer(KEY, salt=f"{PURPOSE}.flask_httpauth").dumps(1),
    "flask_jwt_extended": lambda: jwt.encode({"sub": "1", "aud": PURPOSE, "type": "access"}, KEY, "HS256"),
}


@pytest.mark.parametrize("option", OLD_TOKENS)
def test_a_token_without_a_generation_is_one_of_the_first(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_TOKENS=option, SECRET_KEY=KEY)
    people = people_of(app)
    user, token = people.new(), str(OLD_TOKENS[option]())
    assert ok(user_with(people, token))["user"]["username"] == user.username
    raise_generation(app, user)
    expect_error(user_with(people, token), 401, token="is invalid")


@each_option
def test_a_token_outlives_a_new_key_until_the_old_one_is_removed(
    make_app: MakeApp, tmp_path: Path, option: str
) -> None:
    def start(key: str, *former: str) -> People:
        place = tmp_path / "rotated"
        return people_of(make_app(place, STACK_TOKENS=option, SECRET_KEY=key, SECRET_KEY_FALLBACKS=[*former]))

    user = start(KEY).new()
    rotated = start(f"{KEY} 2", f"{KEY} 0", KEY)
    ok(user_with(rotated, user.token))
    renewed = ok(rotated.log_in(user.email))["user"]["token"]
    removed = start(f"{KEY} 2")
    ok(user_with(rotated, renewed))
    ok(user_with(removed, renewed))
    expect_error(user_with(removed, user.token), 401, token="is invalid")


@each_option
def test_a_token_outlives_two_new_keys(make_app: MakeApp, tmp_path: Path, option: str) -> None:
    keys = [f"{KEY} {number}" for number in range(3)]
    place = tmp_path / "rotated"

    def start(*former: str, key: str) -> People:
        return people_of(make_app(place, STACK_TOKENS=option, SECRET_KEY=key, SECRET_KEY_FALLBACKS=[*former]))

    first = start(key=keys[0]).new()
    people = start(keys[0], key=keys[1])
    second = people.new()
    ok(user_with(people, first.token))
    for former in (keys[:2], keys[1::-1]):
        people = start(*former, key=keys[2])
        third = people.new()
        for user in (first, second, third):
            assert ok(user_with(people, user.token))["user"]["username"] == user.username
    people = start(keys[1], key=keys[2])
    ok(user_with(people, second.token))
    expect_error(user_with(people, first.token), 401, token="is invalid")


@pytest.mark.parametrize("option", OLD_TOKENS)
def test_a_token_of_an_earlier_version_outlives_new_keys(make_app: MakeApp, tmp_path: Path, option: str) -> None:
    place, token = tmp_path / "rotated", str(OLD_TOKENS[option]())
    user = people_of(make_app(place, STACK_TOKENS=option, SECRET_KEY=KEY)).new()
    for former in ([KEY], [KEY, f"{KEY} 1"], [f"{KEY} 1", KEY]):
        config = {"SECRET_KEY": f"{KEY} {len(former)}+", "SECRET_KEY_FALLBACKS": former}
        people = people_of(make_app(place, STACK_TOKENS=option, **config))
        assert ok(user_with(people, token))["user"]["username"] == user.username
    removed = people_of(make_app(place, STACK_TOKENS=option, SECRET_KEY=f"{KEY} 3", SECRET_KEY_FALLBACKS=["x" * 32]))
    expect_error(user_with(removed, token), 401, token="is invalid")


@each_option
def test_a_token_outlives_a_new_name_and_a_new_password(make_app: MakeApp, option: str) -> None:
    user = people_of(make_app(STACK_TOKENS=option)).new()
    ok(user.put("/user", {"user": {"username": "renamed", "password": "another password"}}))
    assert ok(user.get("/user"))["user"]["username"] == "renamed"


@each_option
def test_a_token_of_a_deleted_user_is_invalid(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_TOKENS=option)
    user = people_of(app).new()
    with app.app_context():
        store = assembled(app).store
        found = store.find_account(user.email)
        assert found is not None
        store.remove_user(found.user)
    expect_error(user.get("/user"), 401, token="is invalid")


@each_option
def test_a_token_of_another_key_is_forged(make_app: MakeApp, option: str) -> None:
    mine, theirs = (people_of(make_app(STACK_TOKENS=option, SECRET_KEY=key)) for key in (KEY, f"{KEY}."))
    users = mine.new(), theirs.new()
    for user in users:
        ok(user.get("/user"))
    expect_error(user_with(mine, users[1].token), 401, token="is invalid")
    expect_error(user_with(theirs, users[0].token), 401, token="is invalid")


@pytest.mark.parametrize(("option", "other"), [(one, two) for one in OPTIONS for two in OPTIONS if one != two])
def test_a_token_of_another_option_is_invalid(make_app: MakeApp, tmp_path: Path, option: str, other: str) -> None:
    mine, theirs = (people_of(make_app(tmp_path / "shared", STACK_TOKENS=each)) for each in (option, other))
    expect_error(user_with(mine, theirs.new().token), 401, token="is invalid")


@each_option
@pytest.mark.parametrize("salt", ["cookie-session", "", "assembly_required"])
def test_what_was_signed_for_another_purpose_is_no_token(make_app: MakeApp, option: str, salt: str) -> None:
    people = people_of(make_app(STACK_TOKENS=option, SECRET_KEY=KEY))
    people.new()
    for value in (1, {"_user_id": "1"}, "1"):
        forged = str(URLSafeTimedSerializer(KEY, salt=salt).dumps(value))
        expect_error(user_with(people, forged), 401, token="is invalid")


FORGERIES = {
    "unsigned": ({}, "", "none"),
    "of another key": ({}, f"{KEY}.", "HS256"),
    "by another algorithm": ({}, f"{KEY} It is longer, so that PyJWT does not warn.", "HS512"),
    "for nobody in particular": ({"aud": None}, KEY, "HS256"),
    "for another purpose": ({"aud": "assembly_required"}, KEY, "HS256"),
    "of nobody": ({"sub": None}, KEY, "HS256"),
    "expired": ({"exp": 1}, KEY, "HS256"),
    "not valid yet": ({"nbf": 9_999_999_999}, KEY, "HS256"),
}


@each_option
def test_a_forged_json_web_token_is_invalid(make_app: MakeApp, option: str) -> None:
    people = people_of(make_app(STACK_TOKENS=option, SECRET_KEY=KEY))
    people.new()
    for changes, key, algorithm in FORGERIES.values():
        claims = {"sub": "1", "gen": 0, "aud": PURPOSE, "type": "access", "exp": 9_999_999_999, **changes}
        claims = {name: value for name, value in claims.items() if value is not None}
        expect_error(user_with(people, jwt.encode(claims, key, algorithm)), 401, token="is invalid")


@pytest.mark.parametrize("kind", ["access", "refresh"])
def test_without_the_forgery_such_a_token_is_valid_of_either_kind(make_app: MakeApp, kind: str) -> None:
    people = people_of(make_app(STACK_TOKENS="flask_jwt_extended", SECRET_KEY=KEY))
    user = people.new()
    token = jwt.encode({"sub": "1", "aud": PURPOSE, "type": kind}, KEY, "HS256")
    assert ok(user_with(people, token))["user"]["username"] == user.username


@each_option
def test_a_token_that_is_tampered_with_is_invalid(make_app: MakeApp, option: str) -> None:
    people = people_of(make_app(STACK_TOKENS=option))
    token = people.new().token or ""
    parts = token.split(".")
    deep = base64.urlsafe_b64encode(b"[" * 3000).decode().rstrip("=")
    for changed in (
        token[:-8], token[8:], f"{token}A.A", ".".join(parts[:2]), ".".join([*parts[:-1], ""]),
        ".".join([parts[0], deep, parts[2]]), ".".join([deep, *parts[1:]]), ".".join(reversed(parts)), "é.é.é", "..",
    ):  # fmt: skip
        expect_error(user_with(people, changed), 401, token="is invalid")


HEADERS: list[dict[str, object]] = [
    {"alg": []}, {"alg": "none"}, {"alg": "HS256"}, {"enc": [1]}, {"enc": "A128GCM"}, {"crit": 1}, {"crit": [[]]},
    {"crit": ["x"]}, {"zip": "DEF"}, {"kid": []}, {"b64": False},
]  # fmt: skip


@each_option
def test_a_header_that_is_tampered_with_is_invalid(make_app: MakeApp, option: str) -> None:
    people = people_of(make_app(STACK_TOKENS=option))
    _, *rest = (people.new().token or "").split(".")
    for changes in HEADERS:
        header = json.dumps({"typ": "JWT", "alg": "dir", "enc": "A256GCM", **changes}).encode()
        forged = base64.urlsafe_b64encode(header).decode().rstrip("=")
        expect_error(user_with(people, ".".join([forged, *rest])), 401, token="is invalid")


@each_option
def test_a_control_character_in_the_header_is_invalid(make_app: MakeApp, option: str) -> None:
    """Many servers refuse such a header themselves, so the contract does not ask for it."""
    people = people_of(make_app(STACK_TOKENS=option))
    expect_error(user_with(people, "\x7f"), 401, token="is invalid")


@each_option
def test_no_session_is_opened_for_a_token(make_app: MakeApp, option: str) -> None:
    user = people_of(make_app(STACK_TOKENS=option)).new()
    for answer in (user.get("/user"), Client(user.send, "nonsense").get("/user")):
        assert not {"set-cookie", "vary"} & answer.headers.keys()


@each_option
def test_the_key_may_come_after_the_app(make_app: MakeApp, tmp_path: Path, option: str) -> None:
    early = create_app({"INSTANCE_PATH": str(tmp_path / "late"), "STACK_TOKENS": option}, root=ROOT)
    user = people_of(make_app(tmp_path / "late", STACK_TOKENS=option)).new()
    assert not early.config["SECRET_KEY"]
    assert ok(user_with(people_of(early), user.token))["user"]["username"] == user.username


LENGTHS = {
    "plain": range(30, 50),
    "flask_jwt_extended": range(310, 350),
    "flask_httpauth": range(30, 50),
    "elsewhere.joserfc_tokens": range(160, 190),
}


@each_option
def test_tokens_hold_no_name(make_app: MakeApp, option: str) -> None:
    user = people_of(make_app(STACK_TOKENS=option)).new()
    token = user.token or ""
    assert len(token) in LENGTHS[option]
    for part in token.split("."):
        assert user.username.encode() not in base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@each_option
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_scheme_bearer_is_taken_where_it_can_be(make_app: MakeApp, option: str, scheme: str) -> None:
    people = people_of(make_app(STACK_TOKENS=option))
    answer = people.anyone.call("GET", "/user", headers={"Authorization": f"{scheme} {people.new().token}"})
    remark = "Clients must use the scheme Token; Bearer is not accepted."
    if option == "flask_httpauth":
        assert remark in list_remarks(SLOTS["tokens"].option(option))
        expect_error(answer, 401, token="is invalid")
    else:
        assert remark not in list_remarks(SLOTS["tokens"].option(option))
        ok(answer)


@each_option
@pytest.mark.parametrize("header", ["Key {token}", "Basic {token}", "Digest {token}", "Basic !", "{token}", "Token"])
def test_a_valid_token_under_another_scheme_is_invalid(make_app: MakeApp, option: str, header: str) -> None:
    app = make_app(STACK_TOKENS=option)
    sent = {"Authorization": header.format(token=people_of(app).new().token)}
    for path in ("/api/user", "/api/articles"):
        response = app.test_client().get(path, headers=sent)
        assert (response.status_code, response.json) == (401, {"errors": {"token": ["is invalid"]}})


def test_everybody_can_read_a_json_web_token(make_app: MakeApp) -> None:
    app = make_app(STACK_TOKENS="flask_jwt_extended", TOKEN_DAYS=2)
    with app.app_context():
        header, payload, _ = assembled(app).tokens.issue(USER).split(".")
    named = json.loads(base64.urlsafe_b64decode(header + "=="))
    assert len(named.pop("kid")) == 8
    assert named == {"alg": "HS256", "typ": "JWT"}
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims.keys() == {"sub", "gen", "aud", "nbf", "exp", "iat", "jti", "type", "fresh"}
    assert (claims["sub"], claims["gen"], claims["aud"]) == ("17", 3, PURPOSE)
    assert claims["exp"] - claims["nbf"] == 2 * DAY


def test_an_encrypted_token_cannot_be_read(make_app: MakeApp) -> None:
    app = make_app(STACK_TOKENS="elsewhere.joserfc_tokens")
    with app.app_context():
        header, key, *others = (
            base64.urlsafe_b64decode(part + "==") for part in assembled(app).tokens.issue(USER).split(".")
        )
    assert json.loads(header) == {"typ": "JWT", "alg": "dir", "enc": "A256GCM"}
    assert key == b""
    assert not any(b"sub" in part or b"17" in part for part in others)


def test_pyjwt_warns_of_a_short_key(make_app: MakeApp) -> None:
    app = make_app(STACK_TOKENS="flask_jwt_extended", SECRET_KEY="x" * 31)
    with app.app_context(), pytest.warns(jwt.InsecureKeyLengthWarning):
        assembled(app).tokens.issue(USER)


def test_jwt_required_compares_the_scheme_letter_by_letter(make_app: MakeApp) -> None:
    ours = make_app(STACK_TOKENS="flask_jwt_extended", SECRET_KEY=KEY)
    theirs = Flask("theirs")
    theirs.config.update(SECRET_KEY=KEY, JWT_HEADER_TYPE="Token", JWT_DECODE_AUDIENCE=PURPOSE)
    JWTManager(theirs)
    theirs.add_url_rule("/", view_func=jwt_required()(lambda: "welcome"))
    with ours.app_context():
        token = assembled(ours).tokens.issue(USER)
    sent = [theirs.test_client().get("/", headers={"Authorization": f"{each} {token}"}) for each in ("Token", "token")]
    assert [answer.status_code for answer in sent] == [200, 401]
    assert sent[1].json == {
        "msg": "Missing 'Token' type in 'Authorization' header. Expected 'Authorization: Token <JWT>'"
    }


def test_a_number_as_identity_makes_a_token_that_is_never_accepted() -> None:
    app = Flask("theirs")
    app.config["SECRET_KEY"] = KEY
    JWTManager(app)
    app.add_url_rule("/", view_func=jwt_required()(lambda: get_jwt_identity()))
    with app.app_context():
        tokens = [create_access_token(identity) for identity in (17, "17")]
    answers = [app.test_client().get("/", headers={"Authorization": f"Bearer {each}"}) for each in tokens]
    assert (answers[0].status_code, answers[0].json) == (422, {"msg": "Subject must be a string"})
    assert (answers[1].status_code, answers[1].text) == (200, "17")


def test_with_optional_a_bad_token_counts_as_none_for_flask_httpauth() -> None:
    app, auth = Flask("theirs"), HTTPTokenAuth(scheme="Token")
    auth.verify_token(lambda token: None)
    app.add_url_rule("/", view_func=auth.login_required(optional=True)(lambda: jsonify(auth.current_user())))
    answer = app.test_client().get("/", headers={"Authorization": "Token nonsense"})
    assert (answer.status_code, answer.json) == (200, None)
