"""What every option of ``tokens`` does, beyond what the contract can see from outside."""

import time

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import ok, refused
from assembly_required.contract.people import People
from tests.conftest import MakeApp

KEY = "a key that this test knows"


def test_a_token_expires(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    user = People(Client(in_process(make_app(TOKEN_DAYS=2)))).new()
    issued = int(time.time())
    day = 24 * 60 * 60
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: issued + 2 * day - 60)
    ok(user.get("/user"))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: issued + 2 * day + 60)
    refused(user.get("/user"), 401, token="is invalid")


def test_a_token_of_another_key_is_forged(make_app: MakeApp) -> None:
    mine, theirs = (People(Client(in_process(make_app(SECRET_KEY=key)))) for key in (KEY, f"{KEY}."))
    token = theirs.new().token
    mine.new()
    refused(Client(mine.anyone.send, token).get("/user"), 401, token="is invalid")


@pytest.mark.parametrize("salt", ["cookie-session", "", "assembly_required"])
def test_what_was_signed_for_another_purpose_is_no_token(make_app: MakeApp, salt: str) -> None:
    people = People(Client(in_process(make_app(SECRET_KEY=KEY))))
    people.new()
    for value in (1, {"_user_id": "1"}, "1"):
        forged = str(URLSafeTimedSerializer(KEY, salt=salt).dumps(value))
        refused(Client(people.anyone.send, forged).get("/user"), 401, token="is invalid")


def test_tokens_hold_no_more_than_an_id(make_app: MakeApp) -> None:
    user = People(Client(in_process(make_app()))).new()
    assert user.username not in (user.token or "")
    assert len(user.token or "") < 60
