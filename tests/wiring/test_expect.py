"""A failing test of the contract shows the request and the response."""

import pytest

from assembly_required.contract.client import Answer, Client
from assembly_required.contract.expect import expect_error, ok


def anyone(status: int, body: bytes, kind: str = "application/json") -> Client:
    return Client(lambda method, path, headers, sent: Answer(status, {"content-type": kind}, body), "secret")


def test_another_status_or_body_shows_the_request_and_the_answer() -> None:
    answer = anyone(200, b'{"tags": []}').get("/tags")
    for check in [lambda: ok(answer, 201), lambda: expect_error(answer, 404, tag="not found")]:
        with pytest.raises(AssertionError, match=r"(?s)expected .*GET /api/tags .*answer: 200 .*tags"):
            check()


@pytest.mark.parametrize(("status", "kind"), [(418, "application/json"), (200, "text/html")])
def test_an_answer_that_is_not_declared_shows_them_too(status: int, kind: str) -> None:
    with pytest.raises(AssertionError, match=r"(?s)GET /api/tags .*answer: "):
        anyone(status, b"{}", kind).get("/tags")
