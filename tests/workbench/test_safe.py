"""Only somebody on this machine reaches the workbench, and every change needs its token."""

import subprocess
import sys
from typing import Any

import pytest
from flask import Flask

from assembly_required.workbench.mounting import COOKIE, FORWARDING, Switchboard
from tests.conftest import ROOT
from tests.workbench.conftest import Mount
from tests.workbench.visitor import DEVELOPMENT, Visitor

CHANGES = ("use", "peer", "keep", "functions", "off", "measure", "measure/cancel")


def ask(app: Flask, host: str = "localhost:5000", **environ: Any) -> int:
    response = app.test_client().get("/workbench", environ_overrides={**DEVELOPMENT, **environ}, headers={"Host": host})
    return response.status_code


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:80", "[::1]:5000", "127.0.0.2"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_browsers_on_this_machine_see_it(blog: Flask, host: str, address: str) -> None:
    assert ask(blog, host, REMOTE_ADDR=address) == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "10.0.0.1", "["])
def test_a_foreign_name_of_this_machine_does_not_see_it(blog: Flask, host: str) -> None:
    assert ask(blog, host) in (400, 404)


@pytest.mark.parametrize("address", ["10.0.0.7", "192.168.1.2", "2001:db8::1", "", "unix:"])
def test_other_machines_do_not_see_it(blog: Flask, address: str) -> None:
    assert ask(blog, REMOTE_ADDR=address) == 404


@pytest.mark.parametrize("header", FORWARDING)
def test_nobody_behind_a_proxy_sees_it(blog: Flask, header: str) -> None:
    assert ask(blog, **{header: "127.0.0.1"}) == 404


@pytest.mark.parametrize("server", ["gunicorn/23.0", "waitress", "granian", "", "NotWerkzeug/3"])
def test_only_the_development_server_has_it(blog: Flask, server: str) -> None:
    assert ask(blog, SERVER_SOFTWARE=server) == 404


def test_every_server_has_it_if_it_is_configured(mount_app: Mount) -> None:
    app = mount_app(WORKBENCH=True)
    assert ask(app, SERVER_SOFTWARE="gunicorn/23.0") == 200
    assert ask(app, SERVER_SOFTWARE="gunicorn/23.0", REMOTE_ADDR="10.0.0.7") == 404
    assert ask(app, "evil.example", SERVER_SOFTWARE="gunicorn/23.0") in (400, 404)


def test_no_server_has_it_if_it_is_turned_off(mount_app: Mount) -> None:
    app = mount_app(WORKBENCH=False)
    assert not isinstance(app.wsgi_app, Switchboard)
    assert ask(app) == 404


def test_a_browser_elsewhere_cannot_use_the_cookie(blog: Flask) -> None:
    visitor = Visitor(blog, stack="bare")
    visitor.client.environ_base["REMOTE_ADDR"] = "10.0.0.7"
    assert visitor.stack == ""


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("token", [None, "", "wrong", "\u00e9", "another browser's"])
def test_every_change_needs_the_token(blog: Flask, change: str, token: str | None) -> None:
    visitor, other = Visitor(blog, stack="bare"), Visitor(blog, stack="classic")
    if token == "another browser's":
        token = other.chosen.csrf
    form = {"stack": "django", "peer": "django", "functions": "on", "left": "bare", "right": "fast"}
    before = visitor.chosen
    response = visitor.client.post(
        f"/workbench/{change}", data=form if token is None else {**form, "csrf_token": token}
    )
    assert response.status_code == 400
    assert visitor.chosen == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_not_made_by_a_link(blog: Flask, change: str) -> None:
    visitor = Visitor(blog, stack="bare")
    before = visitor.chosen
    visitor.client.get(f"/workbench/{change}?stack=django&csrf_token={before.csrf}")
    assert visitor.chosen == before


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:5001", "null", ""])
def test_another_site_cannot_change_anything(blog: Flask, change: str, origin: str) -> None:
    visitor = Visitor(blog, stack="bare")
    before = visitor.chosen
    form = {"stack": "django", "peer": "django", "csrf_token": before.csrf, "left": "bare", "right": "fast"}
    assert visitor.client.post(f"/workbench/{change}", data=form, headers={"Origin": origin}).status_code == 400
    assert visitor.chosen == before


def test_the_cookie_of_the_site_is_not_one_of_the_workbench_and_the_other_way_round(blog: Flask) -> None:
    visitor = Visitor(blog, stack="bare")
    visitor.enter()
    site, workbench = visitor.client.get_cookie("session"), visitor.client.get_cookie(COOKIE)
    assert site
    assert workbench
    visitor.client.set_cookie(COOKIE, site.value)
    assert visitor.stack == ""
    visitor.client.set_cookie(COOKIE, workbench.value)
    visitor.client.set_cookie("session", workbench.value)
    assert visitor.stack == "bare"
    assert visitor.user is None


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "." * 5_000, "x" * 100_000, "\u00e9", "eyJpZCI6MX0.x.y", '"'])
def test_a_cookie_that_nobody_has_signed_is_no_choice(blog: Flask, cookie: str) -> None:
    visitor = Visitor(blog)
    response = visitor.client.get("/", headers={"Cookie": f"{COOKIE}={cookie}".encode().decode("latin-1")})
    assert response.status_code == 200
    assert "workbench-bar" not in response.text


def test_a_changed_cookie_is_no_choice(blog: Flask) -> None:
    visitor = Visitor(blog, stack="bare")
    cookie = visitor.client.get_cookie(COOKIE)
    assert cookie
    for changed in (cookie.value[::-1], cookie.value[:-2], f"x{cookie.value}", cookie.value.replace(".", "")):
        visitor.client.set_cookie(COOKIE, changed)
        assert visitor.stack == ""


PROGRAM = """
import sys
import wsgi
imported = [name for name in sys.modules if name.startswith("assembly_required.workbench.")]
client = wsgi.app.test_client()
client.get("/", environ_overrides={"SERVER_SOFTWARE": "Werkzeug/3", "REMOTE_ADDR": "127.0.0.1"})
imported += [name for name in sys.modules if name.startswith("assembly_required.workbench.")]
print(*sorted({*imported}))
"""


def test_only_the_switchboard_is_imported_before_somebody_opens_the_workbench() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["assembly_required.workbench.mounting"]
