"""The browser of somebody who works on this machine, with the workbench open."""

import re
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from assembly_required.data import demo
from assembly_required.workbench.browser import Chosen, read_chosen
from assembly_required.workbench.mounting import COOKIE, Switchboard
from assembly_required.workbench.switching import Workbench
from tests.site.browser import Browser

DEVELOPMENT = {"SERVER_SOFTWARE": "Werkzeug/3.1", "REMOTE_ADDR": "127.0.0.1"}
"""What the development server writes into each request of this machine."""

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def open_workbench(app: Flask) -> Workbench:
    """Return the workbench of an app that :func:`mount` was called with."""
    assert isinstance(app.wsgi_app, Switchboard)
    return app.wsgi_app.workbench


class Visitor(Browser):
    """A browser on this machine.

    :param app: the app, with the switchboard before it.
    :param choices: slots and options to use, such as ``stack="bare"``; without any, the workbench is not opened.
    """

    def __init__(self, app: Flask, **choices: str) -> None:
        super().__init__(app)
        self.client.environ_base.update(DEVELOPMENT)
        if choices:
            self.use(**choices)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Submit a form of the workbench, with its token."""
        found = CSRF.search(self.get("/workbench").text)
        assert found
        return self.client.post(path, data={"csrf_token": unescape(found[1]), **fields})

    def use(self, **choices: str) -> TestResponse:
        """Use a stack in this browser: ``stack="bare", orm="peewee"``."""
        response = self.send("/workbench/use", **choices)
        assert response.status_code == 302, response.text
        return response

    def enter(self) -> TestResponse:
        """Sign in as the user of the demo data."""
        return self.submit("/login", email=demo.EMAIL, password=demo.PASSWORD)

    @property
    def chosen(self) -> Chosen:
        """What this browser has chosen."""
        cookie = self.client.get_cookie(COOKIE)
        assert cookie
        desk = open_workbench(self.client.application).desk
        chosen = read_chosen(desk, {"HTTP_COOKIE": f"{COOKIE}={cookie.value}"})
        assert chosen
        return chosen

    @property
    def stack(self) -> str:
        """What the bar of the start page names: ``bare``, or ``bare, orm = peewee``; empty if there is no bar."""
        bar = self.get("/").text.partition('class="workbench-bar"')[2]
        found = re.search(r"<strong>(.*?)</a>", bar, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else ""
