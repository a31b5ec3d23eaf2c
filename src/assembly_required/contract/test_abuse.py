"""Attempts without end: the limits of failed logins.

Each case uses accounts of its own, because all cases share an address, from which 100 logins may fail in 5 minutes.
"""

from .client import Answer
from .expect import expect_error, ok
from .people import PASSWORD, People, unique

ALLOWED = 10


def fail_logins(people: People, email: str) -> None:
    """Fail as many logins as are allowed."""
    for _ in range(ALLOWED):
        expect_error(people.log_in(email, "wrong"), 401, credentials="invalid")


def expect_limit(answer: Answer) -> None:
    expect_error(answer, 429, request="too many attempts")
    assert 0 < int(answer.headers["retry-after"]) <= 300


def test_after_ten_failed_logins_not_even_the_right_password_is_checked(people: People) -> None:
    user, other = people.new(), people.new()
    fail_logins(people, user.email)
    expect_limit(people.log_in(user.email, "wrong"))
    expect_limit(people.log_in(user.email.upper(), PASSWORD))
    assert people.anyone.post("/users/login", {"user": {"email": user.email}}).status == 422
    ok(people.log_in(other.email))
    ok(user.get("/user"))


def test_an_account_that_does_not_exist_is_counted_alike(people: People) -> None:
    email = f"{unique('nobody')}@test.com"
    fail_logins(people, email)
    expect_limit(people.log_in(email))


def test_invalid_input_is_reported_before_the_limit_and_not_counted(people: People) -> None:
    user = people.new()
    for _ in range(ALLOWED + 1):
        assert people.anyone.post("/users/login", {"user": {"email": user.email}}).status == 422
    ok(people.log_in(user.email))


def test_logins_that_succeed_are_not_counted(people: People) -> None:
    user = people.new()
    for _ in range(ALLOWED - 1):
        expect_error(people.log_in(user.email, "wrong"), 401, credentials="invalid")
    for _ in range(3):
        ok(people.log_in(user.email))
    expect_error(people.log_in(user.email, "wrong"), 401, credentials="invalid")
    expect_limit(people.log_in(user.email))
