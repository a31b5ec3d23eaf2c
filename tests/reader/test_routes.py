"""Where the tutorial is seen, and what it costs an app that nobody reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from assembly_required.reader.places import find_module
from assembly_required.reader.prose import CHAPTERS
from assembly_required.reader.tutorial import ROUTES
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp

DEVELOPMENT = {"SERVER_SOFTWARE": "Werkzeug/3"}
PRODUCTION = {"SERVER_SOFTWARE": "gunicorn/23"}

PATHS = [
    "/tutorial/", "/tutorial/orm/", "/tutorial/first_hour/", "/tutorial/code/factory/", "/tutorial/example/orm/plain/",
    "/tutorial/orm/django-and-flask_sqlalchemy/", "/tutorial/search/?q=csrf", "/tutorial/index.js",
    "/tutorial/site.css", "/tutorial/static/code.css", "/tutorial/static/tutorial.css",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_by_default_only_the_development_server_shows_it(path: str, make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get(path, environ_overrides=DEVELOPMENT).status_code == 200
    assert client.get(path, environ_overrides=PRODUCTION).status_code == 404


@pytest.mark.parametrize(("tutorial", "status"), [(True, 200), (False, 404)])
@pytest.mark.parametrize("server", [DEVELOPMENT, PRODUCTION])
def test_the_setting_decides_for_every_server(
    tutorial: bool, status: int, server: dict[str, str], make_app: MakeApp
) -> None:
    client = make_app(TUTORIAL=tutorial).test_client()
    assert client.get("/tutorial/", environ_overrides=server).status_code == status
    assert ('href="/tutorial/"' in client.get("/", environ_overrides=server).text) == tutorial


def test_the_footer_links_to_it_where_it_is_seen(make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get("/", environ_overrides=DEVELOPMENT).text.count('href="/tutorial/"') == 1
    assert 'href="/tutorial/"' not in client.get("/", environ_overrides=PRODUCTION).text


def test_its_pages_have_the_headers_of_the_site_and_no_inline_code(make_app: MakeApp) -> None:
    page = make_app().test_client().get("/tutorial/orm/", environ_overrides=DEVELOPMENT)
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert page.text.count("<script") == page.text.count("<script src=") == 1


@pytest.mark.parametrize(
    "path",
    [
        "nothing/", "code/nothing/", "code/peers.django.manage/", "code/..%2f..%2fwsgi/",
        "code/examples.orm.plain_app/",
        "example/orm/nothing/", "example/..%2form/plain/", "orm/plain-and-nothing/", "orm/plain-and-plain/",
        "orm/plain-and-plain/diff/", "nothing/plain-and-django/", "slots%2form/", "chapters/",
    ],
)  # fmt: skip
def test_other_names_have_no_page(path: str, make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get(f"/tutorial/{path}", environ_overrides=DEVELOPMENT).status_code == 404


def test_an_app_does_not_import_it_before_it_is_opened(tmp_path: Path) -> None:
    code = (
        "import sys; from assembly_required import create_app; "
        f"create_app({{'INSTANCE_PATH': {str(tmp_path)!r}}}); print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {*done.stdout.split()}
    assert "assembly_required.reader.tutorial" in loaded
    assert {name for name in loaded if name.startswith("assembly_required.reader.")} == {
        "assembly_required.reader.stack_page",
        "assembly_required.reader.tutorial",
    }


def test_the_names_of_chapters_slots_and_routes_differ() -> None:
    chapters = {path.stem for path in CHAPTERS.glob("*.md")}
    routes = {rule.split("/")[1] for rule in ROUTES if not rule.startswith("/<")}
    assert not chapters & {*SLOTS}
    assert not (chapters | {*SLOTS}) & routes


def test_every_route_has_a_view() -> None:
    path = find_module("reader.views")
    assert path
    assert all(f"\ndef {view}(" in path.read_text() for view in ROUTES.values())
