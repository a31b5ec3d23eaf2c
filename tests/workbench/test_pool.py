"""One app per stack: built once, closed when it is not used any more, and then freed."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any
from weakref import ref

import pytest
from flask import Flask

from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from assembly_required.workbench import pool as pools
from tests.conftest import by_lane
from tests.workbench.conftest import Mount
from tests.workbench.visitor import Visitor, open_workbench


def test_requests_that_come_at_once_build_one_app(mount_app: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    app, built = mount_app(), []
    build = pools.build_app

    def count(*arguments: Any) -> Flask:
        built.append(arguments)
        return build(*arguments)

    monkeypatch.setattr(pools, "build_app", count)
    pool = open_workbench(app).pool
    with ThreadPoolExecutor(8) as threads:
        apps = set(threads.map(lambda _: pool.get({"STACK": "bare"}), range(16)))
    assert len(apps) == len(built) == 1


def test_the_same_options_are_the_same_app(mount_app: Mount) -> None:
    pool = open_workbench(mount_app()).pool
    assert pool.get({"STACK_ORM": "flask_sqlalchemy"}) is pool.get({})
    assert pool.get({"STACK_ORM": "peewee"}) is not pool.get({})


@pytest.mark.parametrize("orm", by_lane(SLOTS["orm"].names, "flask_sqlalchemy", "plain"))
def test_an_app_that_was_removed_is_freed(mount_app: Mount, monkeypatch: pytest.MonkeyPatch, orm: str) -> None:
    monkeypatch.setattr(pools, "MOST", 1)
    app = mount_app()
    visitor = Visitor(app, orm=orm)
    assert visitor.get("/").status_code == 200
    pool = open_workbench(app).pool
    gone = ref(pool.get(visitor.chosen.choices))
    visitor.use(stack="bare", migrations="flask_migrate")
    assert visitor.get("/").status_code == 200
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("stack", by_lane(STACKS, "classic", "django"))
def test_every_named_stack_is_freed(mount_app: Mount, monkeypatch: pytest.MonkeyPatch, stack: str) -> None:
    monkeypatch.setattr(pools, "MOST", 1)
    app = mount_app()
    visitor = Visitor(app, stack=stack)
    for path in ("/", "/api/tags", "/login", "/tutorial/"):
        assert visitor.get(path).status_code == 200
    pool = open_workbench(app).pool
    gone = ref(pool.get({"STACK": stack}))
    pool.get({"STACK": "light", "STACK_MAIL": "plain"})
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_a_request_is_answered_while_its_app_is_removed(
    mount_app: Mount, monkeypatch: pytest.MonkeyPatch, orm: str
) -> None:
    monkeypatch.setattr(pools, "MOST", 1)
    app = mount_app()
    visitor = Visitor(app, orm=orm)
    pool = open_workbench(app).pool
    slow, started, finish = pool.get(visitor.chosen.choices), Event(), Event()
    list_tags = slow.view_functions["site.home"]

    def wait(**path: Any) -> Any:
        started.set()
        assert finish.wait(20)
        return list_tags(**path)

    slow.view_functions["site.home"] = wait
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(visitor.get, "/")
        assert started.wait(20)
        pool.get({"STACK": "bare", "STACK_MAIL": "flask_mailman"})
        assert slow not in pool.apps
        finish.set()
        assert answer.result().status_code == 200
    assert pool._removed == []


@pytest.mark.parametrize("there", SLOTS["migrations"].names)
@pytest.mark.parametrize("here", SLOTS["migrations"].names)
def test_every_stack_works_on_a_database_that_either_option_of_migrations_has_set_up(
    mount_app: Mount, here: str, there: str
) -> None:
    visitor = Visitor(mount_app(STACK_MIGRATIONS=here), migrations=there)
    assert visitor.get("/").status_code == 200
    assert visitor.get("/api/tags").json == {"tags": []}
