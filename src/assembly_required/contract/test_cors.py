"""Requests from pages of other origins, with the default ``CORS_ORIGINS``: all (section 1.7 of the contract)."""

import pytest

from ..conduit.operations import operations
from .client import Client
from .expect import ok

ORIGIN = {"Origin": "https://elsewhere.example"}
PATHS = sorted({operation.path for operation in operations})


@pytest.mark.parametrize("path", PATHS)
def test_preflight_requests_are_answered(anyone: Client, path: str) -> None:
    asked = {**ORIGIN, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}
    answer = anyone.call("OPTIONS", path.replace("{", "").replace("}", ""), headers=asked)
    assert answer.status in (200, 204)
    assert answer.headers["access-control-allow-origin"] in ("*", ORIGIN["Origin"])
    allowed = {each.strip().lower() for each in answer.headers["access-control-allow-headers"].split(",")}
    assert {"authorization", "content-type"} <= allowed
    methods = {each.strip() for each in answer.headers["access-control-allow-methods"].split(",")}
    assert {operation.method for operation in operations if operation.path == path} <= methods


def test_responses_and_errors_may_be_read(anyone: Client) -> None:
    for method, path in (("GET", "/tags"), ("GET", "/user"), ("GET", "/nothing"), ("POST", "/tags")):
        answer = anyone.call(method, path, headers=ORIGIN)
        assert answer.headers["access-control-allow-origin"] in ("*", ORIGIN["Origin"])


def test_no_credentials_are_asked_for(anyone: Client) -> None:
    assert "access-control-allow-credentials" not in anyone.call("GET", "/tags", headers=ORIGIN).headers


def test_options_is_answered_without_an_origin_too(anyone: Client) -> None:
    assert anyone.call("OPTIONS", "/tags").status in (200, 204)


def test_an_origin_does_not_change_the_response(anyone: Client) -> None:
    assert ok(anyone.call("GET", "/tags", headers=ORIGIN)) == ok(anyone.get("/tags"))
