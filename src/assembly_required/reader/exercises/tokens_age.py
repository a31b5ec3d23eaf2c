"""Let tokens expire.

A token is signed, so nobody can forge it. But it is valid for ever: who finds it in an old log can use it. Let it
expire after an hour, and answer each bad token with 401. In Django REST framework, tokens do not expire unless you
write this yourself.
"""

from time import time

import pytest
from flask import Flask, abort, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

app = Flask(__name__)
signer = URLSafeTimedSerializer("for this exercise only")

HOUR = 3600


def read_token(token):
    """Return the name in a token. A token that is forged or expired gets 401."""
    # start
    # return signer.loads(token)
    # solution
    try:
        return signer.loads(token, max_age=HOUR)
    except BadSignature:  # SignatureExpired is one too
        abort(401)
    # end


@app.get("/me")
def me():
    return read_token(request.headers.get("Authorization", ""))


def ask(token):
    return app.test_client().get("/me", headers={"Authorization": token})


def sign(name, ago):
    """Return a token that was signed some seconds ago."""
    signed_at = time() - ago
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("itsdangerous.timed.time.time", lambda: signed_at)
        return signer.dumps(name)


def test_a_fresh_token():
    answer = ask(sign("ada", ago=HOUR - 60))
    assert (answer.status_code, answer.text) == (200, "ada")


def test_an_old_token():
    assert ask(sign("ada", ago=HOUR + 60)).status_code == 401


@pytest.mark.parametrize("token", ["", "ada", "ada.ZZZZZZ.0123456789"])
def test_no_token_of_ours(token):
    assert ask(token).status_code == 401


def test_a_token_with_another_key():
    assert ask(URLSafeTimedSerializer("another key").dumps("ada")).status_code == 401
