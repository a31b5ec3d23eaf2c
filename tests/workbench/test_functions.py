"""The functions of the project that run, and where each statement came from."""

import sys
from threading import Thread
from typing import Any

import pytest

from assembly_required.conduit.articles import the_article
from assembly_required.conduit.errors import NotFound
from assembly_required.conduit.slugs import slugify
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.workbench.recording.functions import MOST, Calls, watch_functions
from assembly_required.workbench.recording.watching import watch
from tests.conftest import MakeApp
from tests.workbench.recorded import record_request


def test_functions_are_recorded_as_a_tree_if_asked_for(make_app: MakeApp) -> None:
    app = make_app()
    watch(app)
    author = People(Client(in_process(app))).new()
    for number in range(3):
        author.publish(tagList=[f"t{number}"])
    recording = record_request(app, "/api/articles", functions=True)
    calls = {call.place.name: call for call in recording.calls}
    handler, store = calls["list_articles"], calls["FlaskSQLAlchemyStore.articles"]
    assert handler.place.module == "assembly_required.conduit.articles"
    assert (handler.count, store.count, calls["to_article"].count) == (1, 1, 3)
    assert store.depth == handler.depth + 1
    assert 0 <= handler.own < handler.duration
    assert store.duration <= handler.duration
    assert {call.place.module.split(".")[0] for call in recording.calls} == {"assembly_required"}
    assert not [call for call in recording.calls if ".workbench." in call.place.module]
    whole = sum(call.duration for call in recording.calls if call.depth == 0)
    assert sum(call.own for call in recording.calls) <= whole * 1.001
    stack = [place.name for place in recording.statements[0].stack]
    assert stack[-3:-1] == ["list_articles", "FlaskSQLAlchemyStore.articles"]


def test_nothing_of_it_is_recorded_unless_asked_for(make_app: MakeApp) -> None:
    app = make_app()
    watch(app)
    recording = record_request(app, "/")
    assert recording.calls == []
    assert [statement.stack for statement in recording.statements if statement.stack] == []
    assert sys.getprofile() is None


def test_a_profile_function_that_was_there_before_is_put_back(make_app: MakeApp) -> None:
    app = make_app()
    watch(app)

    def profile(*_: Any) -> None:
        pass

    sys.setprofile(profile)
    try:
        record_request(app, "/nowhere", functions=True)
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(None)


def test_only_the_thread_of_the_request_is_watched() -> None:
    calls = Calls()
    with watch_functions(calls):
        thread = Thread(target=slugify, args=("A title",))
        thread.start()
        thread.join()
        assert calls.list() == []
        slugify("A title")
    assert [call.place.name for call in calls.list()][:1] == ["slugify"]


def test_errors_end_functions() -> None:
    class Empty:
        def article(self, *_: Any) -> None:
            return None

    calls = Calls()
    with watch_functions(calls):
        for _ in range(3):
            with pytest.raises(NotFound):
                the_article(Empty(), None, "x")  # type: ignore[arg-type]
    found = [call for call in calls.list() if call.depth == 0]
    assert [(call.place.name, call.count) for call in found] == [("the_article", 3)]


def test_their_number_is_bounded(make_app: MakeApp) -> None:
    assert MOST <= 500
    calls = Calls()
    frames = [compile(f"def f{number}(): pass", make_path(), "exec") for number in range(MOST + 10)]
    names: dict[str, Any] = {"__name__": "assembly_required.made"}
    for frame in frames:
        exec(frame, names)  # noqa: S102 - code as if from a module of the package
    with watch_functions(calls):
        for number in range(MOST + 10):
            names[f"f{number}"]()
    assert len(calls.list()) == MOST
    assert calls.dropped == 10


def make_path() -> str:
    import assembly_required

    return str(assembly_required.__file__).replace("__init__", "made")
