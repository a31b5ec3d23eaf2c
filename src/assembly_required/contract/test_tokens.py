"""The ``Authorization`` header, on every operation that reads it (section 1.1 of the contract)."""

import re

import pytest

from ..conduit.operation import Operation
from ..conduit.operations import operations
from .client import Client
from .expect import expect_error, ok
from .people import PASSWORD, People, unique

PROTECTED = [operation for operation in operations if operation.caller == "user"]
OPTIONAL = [operation for operation in operations if operation.caller == "optional"]
PUBLIC = [operation for operation in operations if operation.caller == "anyone"]


def path_to_nothing(operation: Operation) -> str:
    return re.sub(r"\{\w+\}", "1", operation.path)


def by_id(operation: Operation) -> str:
    return operation.id


@pytest.mark.parametrize("operation", PROTECTED, ids=by_id)
def test_a_missing_token_is_reported_before_a_missing_resource(anyone: Client, operation: Operation) -> None:
    expect_error(anyone.call(operation.method, path_to_nothing(operation)), 401, token="is missing")


@pytest.mark.parametrize("operation", PROTECTED + OPTIONAL, ids=by_id)
def test_a_bad_token_is_rejected_even_where_it_is_optional(anyone: Client, operation: Operation) -> None:
    forger = Client(anyone.send, token="MQ.forged.token")
    expect_error(forger.call(operation.method, path_to_nothing(operation)), 401, token="is invalid")


@pytest.mark.parametrize("sent", ["Token", "Token ", "Token a b", "Token a=b", "Bearer", "Basic dTpw", "nonsense"])
def test_a_malformed_header_is_a_bad_token(anyone: Client, sent: str) -> None:
    expect_error(anyone.call("GET", "/user", headers={"Authorization": sent}), 401, token="is invalid")
    expect_error(anyone.call("GET", "/articles", headers={"Authorization": sent}), 401, token="is invalid")


def test_a_token_changed_in_one_letter_is_invalid(people: People) -> None:
    token = people.new().token or ""
    for index in (0, len(token) // 2, len(token) - 8):
        changed = token[:index] + ("A" if token[index] != "A" else "B") + token[index + 1 :]
        expect_error(Client(people.anyone.send, changed).get("/user"), 401, token="is invalid")


def test_the_scheme_is_not_case_sensitive(people: People) -> None:
    user = people.new()
    ok(people.anyone.call("GET", "/user", headers={"Authorization": f"token {user.token}"}))


def test_the_token_is_checked_before_the_payload(anyone: Client) -> None:
    expect_error(anyone.call("POST", "/articles", b"{not json"), 401, token="is missing")
    expect_error(anyone.call("PUT", "/user", b"x", {"Content-Type": "text/plain"}), 401, token="is missing")


def test_every_token_handed_out_is_valid(people: People) -> None:
    user = people.new()
    tokens = [
        user.token,
        ok(people.log_in(user.email))["user"]["token"],
        ok(user.get("/user"))["user"]["token"],
        ok(user.put("/user", {"user": {"bio": "b"}}))["user"]["token"],
    ]
    for token in tokens:
        assert ok(Client(people.anyone.send, token).get("/user"))["user"]["username"] == user.username


def test_the_token_that_was_sent_is_returned(people: People) -> None:
    """Otherwise a token could be renewed for ever by using it."""
    user = people.new()
    assert ok(user.get("/user"))["user"]["token"] == user.token
    assert ok(user.put("/user", {"user": {"bio": "b", "password": "another password"}}))["user"]["token"] == user.token


def test_a_token_stays_valid_after_changes_of_name_email_and_password(people: People) -> None:
    user = people.new()
    name = unique("renamed")
    changes = {"username": name, "email": f"{name}@test.com", "password": "another password"}
    new = ok(user.put("/user", {"user": changes}))["user"]["token"]
    for token in (user.token, new):
        assert ok(Client(people.anyone.send, token).get("/user"))["user"]["username"] == name


def test_a_cookie_is_not_a_token(people: People) -> None:
    user = people.new()
    for name in ("session", "remember_token", "token", "Authorization"):
        cookie = {"Cookie": f"{name}={user.token}"}
        expect_error(people.anyone.call("GET", "/user", headers=cookie), 401, token="is missing")


def test_a_token_in_the_query_is_ignored(people: People) -> None:
    user = people.new()
    expect_error(people.anyone.get("/user", token=user.token), 401, token="is missing")


@pytest.mark.parametrize("operation", PUBLIC, ids=by_id)
def test_a_public_operation_ignores_a_token(anyone: Client, operation: Operation) -> None:
    name = unique("public")
    values = {"user": {"username": name, "email": f"{name}@test.com", "password": PASSWORD}}
    stranger = Client(anyone.send, token="nonsense")
    answer = stranger.call(operation.method, operation.path, values if operation.takes else None)
    assert answer.json.get("errors", {}).keys() <= {"credentials"}
