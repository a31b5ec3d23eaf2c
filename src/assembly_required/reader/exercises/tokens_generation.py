"""End all tokens of a user at once.

A signed token is stored nowhere, so it cannot be deleted. Give each user a number, put it into their tokens, and
count it up to end them. The ``authtoken`` of Django REST framework keeps a row for each user instead, and deletes it.
"""

from dataclasses import dataclass

import pytest
from itsdangerous import BadSignature, URLSafeSerializer

signer = URLSafeSerializer("for this exercise only")


@dataclass
class User:
    name: str
    generation: int = 0


def issue(user):
    """Return a token of a user."""
    # start
    # return signer.dumps(user.name)
    # solution
    return signer.dumps([user.name, user.generation])
    # end


def end_all(user):
    """End all tokens that a user has."""
    # start
    # solution
    user.generation += 1
    # end


def find_user(users, token):
    """Return the user of a token; ``None`` if it is forged or was ended. ``users`` has each user by name."""
    # start
    # try:
    #     return users.get(signer.loads(token))
    # except BadSignature:
    #     return None
    # solution
    try:
        name, generation = signer.loads(token)
    except BadSignature:
        return None
    user = users.get(name)
    return user if user and user.generation == generation else None
    # end


@pytest.fixture
def users():
    return {"ada": User("ada"), "grace": User("grace")}


def test_all_tokens_of_one_user_end(users):
    ended, kept = [issue(users["ada"]), issue(users["ada"])], issue(users["grace"])
    assert find_user(users, ended[0]) is users["ada"]
    end_all(users["ada"])
    assert [find_user(users, token) for token in ended] == [None, None]
    assert find_user(users, kept) is users["grace"]


def test_a_new_token_is_valid(users):
    end_all(users["ada"])
    assert find_user(users, issue(users["ada"])) is users["ada"]


def test_a_forged_token(users):
    assert find_user(users, "ada.0") is None


def test_a_user_who_is_gone(users):
    token = issue(users.pop("ada"))
    assert find_user(users, token) is None
