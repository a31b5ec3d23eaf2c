"""The page ``/stack``: complete during development, absent in production."""

import pytest

from assembly_required.stack.describe import find_source
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp

DEVELOPMENT = {"SERVER_SOFTWARE": "Werkzeug/3"}


def test_it_shows_every_slot_with_all_options_and_why(make_app: MakeApp) -> None:
    page = make_app(STACK_ORM="plain").test_client().get("/stack", environ_overrides=DEVELOPMENT)
    assert page.status_code == 200
    assert page.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    for slot in SLOTS.values():
        assert f'id="{slot.name}"' in page.text
        for option in slot.names:
            assert f'href="/stack/source/{slot.name}/{option}"' in page.text
    assert "Why: stack classic" in page.text
    assert "Why: from the argument of create_app" in page.text
    assert page.text.count("<nav") == 1


@pytest.mark.parametrize("path", ["/stack", "/stack/source/orm/plain", "/stack/static/stack.css"])
def test_production_has_no_such_page_and_no_link(path: str, make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get(path).status_code == 404
    assert client.get(path, environ_overrides={"SERVER_SOFTWARE": "gunicorn/23"}).status_code == 404
    assert client.get(path, environ_overrides=DEVELOPMENT).status_code == 200
    assert 'href="/stack"' not in client.get("/").text
    assert client.get("/", environ_overrides=DEVELOPMENT).text.count('href="/stack"') == 1


def test_the_source_of_every_option_is_shown(make_app: MakeApp) -> None:
    client = make_app().test_client()
    for slot in SLOTS.values():
        for option in slot.names:
            page = client.get(f"/stack/source/{slot.name}/{option}", environ_overrides=DEVELOPMENT)
            assert page.status_code == 200
            for path in find_source(slot.name, option):
                assert f"/{slot.name}/{option}" in page.text
                assert path.name in page.text


@pytest.mark.parametrize(
    "path",
    [
        "orm/__init__", "orm/plain.store", "orm/..", "orm/%2e%2e%2fshared", "shared/sqlite", "../factory",
        "orm/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fwsgi", "orm/plain%2fstore", "..%2f..%2form/plain",
    ],
)  # fmt: skip
def test_nothing_else_is_shown(path: str, make_app: MakeApp) -> None:
    client = make_app().test_client()
    assert client.get(f"/stack/source/{path}", environ_overrides=DEVELOPMENT).status_code == 404


def test_an_adapter_from_another_package_has_no_source_page(make_app: MakeApp) -> None:
    client = make_app(STACK_TOKENS="elsewhere.joserfc_tokens").test_client()
    page = client.get("/stack", environ_overrides=DEVELOPMENT)
    assert "<span>elsewhere.joserfc_tokens</span>" in page.text
    page = client.get("/stack/source/tokens/elsewhere.joserfc_tokens", environ_overrides=DEVELOPMENT)
    assert page.status_code == 404
