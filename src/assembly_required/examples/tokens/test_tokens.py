"""The same requests to all examples: get a token, use it, and use none, a wrong and an expired one."""

import base64
import time

import pytest

EMAIL, PASSWORD = "jo@example.com", "correct horse battery staple"
LIFETIME = 3


@pytest.fixture(scope="module")
def environment():
    return {"PASSWORD": PASSWORD, "TOKEN_SECONDS": str(LIFETIME)}


# How email and password are sent: as JSON, unless the library has a way of its own.
def send_basic(browser, email, password):
    encoded = base64.b64encode(f"{email}:{password}".encode()).decode()
    return browser.post("/token", Authorization=f"Basic {encoded}")


def send_form(browser, email, password):
    return browser.post("/token", {"username": email, "password": password})


def send_json(browser, email, password):
    return browser.post("/token", value={"email": email, "password": password})


SENDERS = {"flask_httpauth": send_basic, "fastapi": send_form}
TOKEN_NAMES = {"flask_jwt_extended": "access_token", "fastapi": "access_token"}

HTTPAUTH = 401, {"error": "Unauthorized access"}
ERRORS = {
    "plain": {
        "password": (401, {"error": "The email or the password is wrong."}),
        "missing": (401, {"error": "A bearer token is needed."}),
        "wrong": (401, {"error": "The token is not valid."}),
        "expired": (401, {"error": "The token has expired."}),
    },
    "flask_jwt_extended": {
        "password": (401, {"msg": "Bad email or password"}),
        "missing": (401, {"msg": "Missing Authorization Header"}),
        "wrong": (422, {"msg": "Not enough segments"}),
        "expired": (401, {"msg": "Token has expired"}),
    },
    "flask_httpauth": {"password": HTTPAUTH, "missing": HTTPAUTH, "wrong": HTTPAUTH, "expired": HTTPAUTH},
    "django": {
        "password": (400, {"non_field_errors": ["Unable to log in with provided credentials."]}),
        "missing": (401, {"detail": "Authentication credentials were not provided."}),
        "wrong": (401, {"detail": "Invalid token."}),
        "expired": (401, {"detail": "Token has expired."}),
    },
    "fastapi": {
        "password": (401, {"detail": "Incorrect email or password"}),
        "missing": (401, {"detail": "Not authenticated"}),
        "wrong": (401, {"detail": "Could not validate credentials"}),
        "expired": (401, {"detail": "The token has expired"}),
    },
}
# The examples whose answer to a refused token has no header WWW-Authenticate.
WITHOUT_CHALLENGE = {"flask_jwt_extended"}


def sign_in(browser, email=EMAIL, password=PASSWORD):
    return SENDERS.get(browser.name, send_json)(browser, email, password)


def get_token(browser):
    answer = sign_in(browser)
    assert answer.status == 200, answer.text
    return answer.json[TOKEN_NAMES.get(browser.name, "token")]


def show_me(browser, token):
    return browser.get("/me", Authorization=f"Bearer {token}")


def assert_refused(browser, answer, case):
    assert (answer.status, answer.json) == ERRORS[browser.name][case]
    if case != "password" and browser.name not in WITHOUT_CHALLENGE:
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_opens_the_endpoint(example):
    answer = show_me(example, get_token(example))
    assert (answer.status, answer.json) == (200, {"email": EMAIL})


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@example.com", PASSWORD)])
def test_wrong_credentials_are_refused(example, email, password):
    assert_refused(example, sign_in(example, email, password), "password")


def test_a_missing_token_is_refused(example):
    assert_refused(example, example.get("/me"), "missing")


@pytest.mark.parametrize("token", ["wrong", "a" * 5000])
def test_a_wrong_token_is_refused(example, token):
    assert_refused(example, show_me(example, token), "wrong")


def test_a_changed_token_is_refused(example):
    token = get_token(example)
    middle = len(token) // 2
    changed = token[:middle] + ("a" if token[middle] != "a" else "b") + token[middle + 1 :]
    assert show_me(example, changed).status == ERRORS[example.name]["wrong"][0]


def test_a_token_without_a_signature_is_refused(example):
    parts = [b'{"alg":"none","typ":"JWT"}', b'{"sub":"jo@example.com","exp":9999999999}']
    unsigned = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
    assert show_me(example, unsigned).status == ERRORS[example.name]["wrong"][0]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic am86am8=", "nonsense", "Bearer a b"])
def test_other_headers_are_refused(example, header):
    assert example.get("/me", Authorization=header).status in {401, 422}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"email": 1, "password": []}', b'{"email": "\xff"}'])
def test_a_malformed_body_is_refused(example, body):
    assert example.post("/token", value=body).status in {400, 401, 422}


def test_an_expired_token_is_refused(example):
    token = get_token(example)
    assert show_me(example, token).status == 200
    end = time.monotonic() + LIFETIME + 3
    while show_me(example, token).status == 200 and time.monotonic() < end:
        time.sleep(0.2)
    assert_refused(example, show_me(example, token), "expired")
