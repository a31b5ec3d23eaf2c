"""``CORS_ORIGINS``: which pages of other origins may call the API."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import MakeApp

FRIEND, OTHER_FRIEND, STRANGER = "https://friend.example", "https://other.example", "https://stranger.example"
PREFLIGHT = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}


def cors_headers(response: TestResponse) -> list[str]:
    return [name for name, _ in response.headers if name.startswith("Access-Control-")]


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(CORS_ORIGINS=[FRIEND, OTHER_FRIEND])


@pytest.mark.parametrize("origin", [FRIEND, OTHER_FRIEND])
@pytest.mark.parametrize("path", ["/api/tags", "/api/nothing"])
def test_a_named_origin_may_read(app: Flask, origin: str, path: str) -> None:
    response = app.test_client().get(path, headers={"Origin": origin})
    assert response.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in response.vary
    assert cors_headers(response) == ["Access-Control-Allow-Origin"]


@pytest.mark.parametrize(
    "origin", [STRANGER, "null", "http://friend.example", f"{FRIEND}.stranger.example", f"{FRIEND}:8443", "*", ""]
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_no_other_origin_may(app: Flask, method: str, origin: str) -> None:
    response = app.test_client().open("/api/tags", method=method, headers={"Origin": origin, **PREFLIGHT})
    assert cors_headers(response) == []
    assert "Origin" in response.vary  # a cache must not hand this response to a page of a named origin


def test_a_preflight_request_says_what_is_allowed_for_a_day(app: Flask) -> None:
    headers = app.test_client().options("/api/user", headers={"Origin": FRIEND, **PREFLIGHT}).headers
    assert headers["Access-Control-Allow-Origin"] == FRIEND
    assert set(headers["Access-Control-Allow-Methods"].split(", ")) == {"GET", "HEAD", "OPTIONS", "PUT"}
    assert headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize("origins", [["*"], [FRIEND]])
def test_pages_of_the_site_and_requests_without_an_origin_get_no_headers(make_app: MakeApp, origins: list[str]) -> None:
    client = make_app(CORS_ORIGINS=origins).test_client()
    for response in (client.get("/", headers={"Origin": FRIEND}), client.get("/api/tags")):
        assert cors_headers(response) == []


def test_with_a_star_the_response_is_the_same_for_every_origin(make_app: MakeApp) -> None:
    response = make_app().test_client().get("/api/tags", headers={"Origin": STRANGER})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Origin" not in response.vary
