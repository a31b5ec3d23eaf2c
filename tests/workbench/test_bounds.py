"""What is kept is bounded in number and in bytes, and what it costs is small."""

import gc
import statistics
import tracemalloc
from time import thread_time

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.workbench.recording.history import BROWSERS, REQUESTS, History
from assembly_required.workbench.recording.masking import HIDDEN, LONGEST
from assembly_required.workbench.recording.recorder import ROOM, Recording
from assembly_required.workbench.recording.watching import watch
from tests.conftest import MakeApp
from tests.workbench.recorded import record_request, request_to

MEGABYTE = 1_000_000
LARGEST_HISTORY = 15 * MEGABYTE
"""The memory of 1,000 recordings of pages, as many as are kept."""

DEAREST = 1.15
"""The CPU time of a page that is recorded, divided by that of the same page. The aim is 1.1; the rest is for noise."""


@pytest.mark.full
def test_a_thousand_requests_stay_small(make_app: MakeApp) -> None:
    app = make_app()
    watch(app)
    author = People(Client(in_process(app))).new()
    for number in range(20):
        author.publish(tagList=[f"t{number}", "x"])
    record_request(app, "/")
    history = History()
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for number in range(1_000):
        history.add(f"browser {number % BROWSERS}", record_request(app, "/" if number % 2 else "/api/articles"))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(len(history.list(f"browser {number}")) for number in range(BROWSERS)) == 1_000
    assert after - before < LARGEST_HISTORY


def test_the_oldest_are_dropped() -> None:
    history = History()
    for browser in range(BROWSERS + 2):
        for number in range(REQUESTS + 5):
            history.add(f"{browser}", Recording(request_to(f"/{number}"), "classic", {}))
    assert history.list("0") == history.list("1") == []
    assert [each.path for each in history.list("5")] == [f"/{number}" for number in range(REQUESTS + 4, 4, -1)]
    kept = history.list("5")[0]
    assert history.find("5", kept.id) is kept
    assert history.find("6", kept.id) is None
    history.clear("5")
    assert history.list("5") == []


def test_long_statements_are_shortened() -> None:
    recording = Recording(request_to("/"), "classic", {})
    for number in range(500):
        recording.add_statement(f"SELECT {number} {'x' * 10_000}", ("y" * 500,), 0.0)
    assert sum(len(each.sql) + len(repr(each.values)) for each in recording.statements) < ROOM * 2
    recording.add_statement("SELECT ?", ("y" * 10_000,), 0.0)
    assert recording.statements[-1].values is None


def test_long_headers_are_shortened_after_what_is_secret_in_them_is_hidden() -> None:
    token = "x" * 30
    sent = {"Cookie": f"session={token}; a={'b' * LONGEST}", "Referer": f"/x?a={'b' * LONGEST}&token={token}"}
    recording = Recording(EnvironBuilder(headers=sent).get_environ(), "classic", {})
    recording.finish("302 FOUND", [("Location", f"/?token={token}&a={'b' * LONGEST}")])
    assert all(len(value) < 2 * LONGEST for value in [*recording._received.values(), recording._answered[0][1]])
    assert token not in repr([recording.request_headers, recording.response_headers])
    assert ("Cookie", f"session={HIDDEN}; a={HIDDEN}") in recording.request_headers


@pytest.mark.full
@pytest.mark.parametrize("stack", ["classic", "bare"])
def test_recording_a_page_costs_little(make_app: MakeApp, stack: str) -> None:
    unwatched, watched = make_app(STACK=stack), make_app(STACK=stack)
    watch(watched)
    for app in (unwatched, watched):
        author = People(Client(in_process(app))).new()
        for number in range(20):
            author.publish(tagList=[f"t{number}", "x"])
    ratios = [measure(watched, "/", recorded=True) / measure(unwatched, "/", recorded=False) for _ in range(60)]
    assert statistics.median(ratios) < DEAREST


def measure(app: Flask, path: str, recorded: bool, times: int = 10) -> float:
    """Return the CPU time of some requests in this thread, in seconds."""
    serve(app, path, recorded)
    start = thread_time()
    for _ in range(times):
        serve(app, path, recorded)
    return thread_time() - start


def serve(app: Flask, path: str, recorded: bool) -> None:
    if recorded:
        record_request(app, path)
    else:
        run_wsgi_app(app.wsgi_app, EnvironBuilder(path=path).get_environ(), buffered=True)
