"""The pages ``/workbench/requests``."""

import re

import pytest
from flask import Flask
from werkzeug import test
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.stack.assembly import assembled
from assembly_required.workbench.recording.history import REQUESTS
from tests.workbench.conftest import Mount
from tests.workbench.visitor import DEVELOPMENT, Visitor, open_workbench

ENTRY = re.compile(r'href="[^"]*(/workbench/requests/[0-9a-f]{12})"')


def newest(visitor: Visitor) -> str:
    """The page of the request that was recorded last."""
    found = ENTRY.search(visitor.get("/workbench/requests").text)
    assert found
    return found[1]


def opened(app: Flask) -> Visitor:
    """A browser that has opened the workbench."""
    visitor = Visitor(app)
    visitor.get("/workbench")
    return visitor


def test_pages_redirects_and_the_api_are_listed(mount_app: Mount) -> None:
    app = mount_app()
    visitor = opened(app)
    assert "There is none yet" in visitor.get("/workbench/requests").text
    for path in ("/?page=1", "/editor", "/api/tags", "/static/site.css", "/nowhere"):
        response = visitor.get(path)
        if "static" not in path:
            assert "sql;dur=" in response.headers["Server-Timing"]
            assert "/workbench/requests/" in response.headers["Link"]
    text = visitor.get("/workbench/requests").text
    rows = re.findall(r'/workbench/requests/[0-9a-f]{12}">(.*?)</a>', text)
    assert rows == ["GET /nowhere", "GET /api/tags", "GET /editor", "GET /?page=1"]
    assert opened(app).get(newest(visitor)).status_code == 404


def test_the_list_is_cleared_by_a_form(mount_app: Mount) -> None:
    visitor = opened(mount_app())
    visitor.get("/")
    assert visitor.client.post("/workbench/requests/clear").status_code == 400
    assert len(ENTRY.findall(visitor.get("/workbench/requests").text)) == 1
    assert visitor.send("/workbench/requests/clear").status_code == 302
    assert "There is none yet" in visitor.get("/workbench/requests").text


def test_what_is_no_longer_kept_is_explained(mount_app: Mount) -> None:
    visitor = opened(mount_app())
    visitor.get("/nowhere")
    oldest = newest(visitor)
    for _ in range(REQUESTS):
        visitor.get("/nowhere")
    response = visitor.get(oldest)
    assert response.status_code == 404
    assert f"Only the last {REQUESTS} requests" in response.text


def test_the_page_of_a_request(mount_app: Mount) -> None:
    app = mount_app()
    author = People(Client(in_process(app))).new()
    slug = author.publish()["slug"]
    visitor = opened(app)
    visitor.sign_in(author)
    visitor.get(f"/article/{slug}")
    text = visitor.get(newest(visitor)).text
    for part in (
        "look-up", "authorization", "template", "article.html", "Headers of the request", "User-Agent", "_user_id",
        "The same request on two stacks", f'class="values">{slug}', "SELECT articles",
        '/tutorial/code/adapters.orm.flask_sqlalchemy.store/#FlaskSQLAlchemyStore.comments"',
    ):  # fmt: skip
        assert part in text, part
    assert "N+1" not in text
    links = set(re.findall(r'href="(/tutorial/code/[^"#]+)', text))
    assert len(links) >= 4
    for link in links:
        assert visitor.get(link).status_code == 200, link


def test_of_a_form_only_the_names_of_its_fields_are_shown(mount_app: Mount) -> None:
    visitor = opened(mount_app())
    visitor.submit("/login", email="nobody@example.com", password="correct horse")
    text = visitor.get(newest(visitor)).text
    assert "<code>email</code>, <code>password</code>. The values are not kept." in text
    assert "nobody@example.com" not in text
    assert "correct horse" not in text
    visitor.get("/login")
    assert "The values are not kept." not in visitor.get(newest(visitor)).text


def test_functions_are_recorded_once_they_are_asked_for(mount_app: Mount) -> None:
    visitor = opened(mount_app())
    visitor.get("/api/articles")
    assert "They were not recorded." in visitor.get(newest(visitor)).text
    visitor.send("/workbench/requests/functions", functions="on")
    visitor.get("/api/articles")
    text = visitor.get(newest(visitor)).text
    assert "/tutorial/code/conduit.articles/#list_articles" in text
    assert "The functions that led to it" in text
    visitor.send("/workbench/requests/functions", functions="off")
    visitor.get("/api/articles")
    assert "They were not recorded." in visitor.get(newest(visitor)).text


def test_an_n_plus_one_is_marked(mount_app: Mount) -> None:
    app = mount_app(STACK_ORM="tests.workbench.planted")
    author = People(Client(in_process(app))).new()
    for number in range(4):
        author.publish(tagList=[f"t{number}"])
    visitor = opened(app)
    visitor.get("/api/articles")
    text = visitor.get(newest(visitor)).text
    assert "<strong>N+1</strong>: this statement ran 4 times, once for each of 4 different values." in text
    assert "Repeated" not in text
    assert "SELECT tags, 4 times" in text


def test_a_statement_with_the_same_values_is_marked(mount_app: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    app = mount_app(STACK="bare")
    visitor = opened(app)
    visitor.get("/nowhere")
    (watched,) = open_workbench(app).pool.apps
    store = assembled(watched).store
    tags = store.recent_tags
    monkeypatch.setattr(store, "recent_tags", lambda limit: tags(limit) + tags(limit))
    visitor.get("/")
    assert "it ran 2 times with the same values" in visitor.get(newest(visitor)).text


def test_the_plan_of_a_statement_is_asked_for_by_its_number(mount_app: Mount) -> None:
    visitor = opened(mount_app())
    visitor.get("/api/tags")
    page = newest(visitor)
    assert visitor.client.post(f"{page}/statements/0/plan").status_code == 400
    assert "How the database runs it" in visitor.send(f"{page}/statements/0/plan").text
    assert visitor.send(f"{page}/statements/99/plan").status_code == 404
    assert visitor.send("/workbench/requests/000000000000/statements/0/plan").status_code == 404
    assert visitor.get(f"{page}/statements/0/plan").status_code == 405


def test_an_error_that_leaves_the_app_is_recorded_too(mount_app: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    app = mount_app(DEBUG=True)
    visitor = opened(app)
    visitor.get("/nowhere")
    (watched,) = open_workbench(app).pool.apps

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(assembled(watched).store, "recent_tags", fail)
    with pytest.raises(ZeroDivisionError):
        visitor.get("/")
    text = visitor.get(newest(visitor)).text
    assert "500 INTERNAL SERVER ERROR" in text
    assert "<code>ZeroDivisionError</code>" in text
    assert "web.site.reading" in text


def test_links_have_the_path_prefix_of_the_app(mount_app: Mount) -> None:
    app = mount_app()
    client = test.Client(DispatcherMiddleware(app, {"/blog": app}))
    client.get("/blog/workbench", environ_base=DEVELOPMENT)
    client.get("/blog/api/tags", environ_base=DEVELOPMENT)
    text = client.get("/blog/workbench/requests", environ_base=DEVELOPMENT).text
    found = re.search(r'href="(/blog/workbench/requests/[0-9a-f]{12})"', text)
    assert found
    text = client.get(found[1], environ_base=DEVELOPMENT).text
    assert "/blog/tutorial/code/conduit.tags/" in text
    assert "/blog/workbench/compare?path=%2Fapi%2Ftags" in text
    assert "the API has no sessions" in text
    assert not re.findall(r'(?:href|src|action)="/(?!blog/)', text)
