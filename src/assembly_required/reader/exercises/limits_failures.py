"""Count only the logins that fail.

After three attempts, ``sign_in`` refuses to look at a password, also for a user who signs in often and never makes a
mistake. Count only what fails, and check the limit before the password: otherwise a guesser learns from the answer
that a guess was right. Django itself limits no logins; the package ``django-axes`` does.
"""

import pytest

PASSWORDS = {"ada": "engine"}
MOST = 3

failures = {}


class TooMany(Exception):
    """Too many logins have failed."""


def sign_in(name, password):
    """Return whether the password is right.

    :raises TooMany: three logins with this name have failed.
    """
    # start
    # failures[name] = failures.get(name, 0) + 1
    # if failures[name] > MOST:
    #     raise TooMany
    # return PASSWORDS.get(name) == password
    # solution
    if failures.get(name, 0) >= MOST:
        raise TooMany
    right = PASSWORDS.get(name) == password
    if not right:
        failures[name] = failures.get(name, 0) + 1
    return right
    # end


@pytest.fixture(autouse=True)
def nothing_failed():
    failures.clear()


def test_a_user_who_makes_no_mistake():
    assert all(sign_in("ada", "engine") for _ in range(10))


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_guesser(name):
    assert [sign_in(name, guess) for guess in "abc"] == [False] * MOST
    with pytest.raises(TooMany):
        sign_in(name, "d")


def test_not_even_the_right_password_is_checked_then():
    for guess in "abc":
        sign_in("ada", guess)
    with pytest.raises(TooMany):
        sign_in("ada", "engine")


def test_mistakes_between_logins_add_up():
    for guess in ("a", "engine", "b", "engine", "c"):
        sign_in("ada", guess)
    with pytest.raises(TooMany):
        sign_in("ada", "engine")
