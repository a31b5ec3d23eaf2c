"""A peer is started when it is first asked for, and its pages come from its own process."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from assembly_required.data import demo
from assembly_required.workbench import peering
from tests.workbench.visitor import Visitor, open_workbench

SECONDS = 120


@pytest.fixture
def served(blog: Flask) -> Iterator[Flask]:
    yield blog
    open_workbench(blog).peers.close()


def choose_peer(blog: Flask, name: str) -> Visitor:
    visitor = Visitor(blog)
    response = visitor.send("/workbench/peer", peer=name)
    assert response.status_code == 302, response.text
    return visitor


def wait_for(visitor: Visitor, path: str) -> TestResponse:
    """Ask again as long as the peer is starting, as the page does."""
    for _ in range(SECONDS):
        response = visitor.get(path)
        if response.status_code != 503:
            return response
        assert "is starting" in response.text
        time.sleep(1)
    raise AssertionError("The peer did not start.")


def test_django_serves_the_site_and_a_visitor_can_sign_in(served: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peering, "PATIENCE", 0.05)
    visitor = choose_peer(served, "django")
    assert visitor.get("/").status_code == 503
    home = wait_for(visitor, "/")
    assert home.status_code == 200
    assert home.headers["Server-Timing"]
    assert visitor.stack == "peer django"
    page = visitor.get("/login").text
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    form = {"csrfmiddlewaretoken": token, "email": demo.EMAIL, "username": demo.EMAIL, "password": demo.PASSWORD}
    good = visitor.client.post("/login", data=form, headers={"Origin": "http://localhost"})
    assert good.status_code == 302, good.text
    assert good.headers["Location"].startswith("/")
    assert visitor.user == "demo"
    form["csrfmiddlewaretoken"] = "x" * 64
    assert visitor.client.post("/login", data=form).status_code == 403
    assert Visitor(served).stack == ""


def test_fastapi_serves_the_api_and_the_stack_serves_the_rest(served: Flask) -> None:
    visitor = choose_peer(served, "fastapi")
    assert wait_for(visitor, "/api/tags").json == Visitor(served).get("/api/tags").json
    assert visitor.get("/docs").status_code == 200
    page = visitor.get("/")
    assert page.status_code == 200
    assert "The peer fastapi does not serve this page." in page.text


def test_a_peer_that_was_stopped_is_started_again(served: Flask) -> None:
    visitor = choose_peer(served, "fastapi")
    wait_for(visitor, "/api/tags")
    running = open_workbench(served).peers._started["fastapi"].result()
    running.process.stop()
    assert running.process.status is not None
    assert wait_for(visitor, "/api/tags").status_code == 200


def test_a_peer_without_its_packages_says_what_to_type(served: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = choose_peer(served, "fastapi")
    open_workbench(served).peers.close()
    monkeypatch.setattr("assembly_required.lab.peers.find_spec", lambda name: None)
    response = visitor.get("/api/tags")
    assert response.status_code == 502
    assert "The peer fastapi needs" in response.text
    assert "pip install" in response.text
