"""The documentation of the API, by each option of ``docs_ui``, behind a path prefix."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, Response
from flask_swagger_ui import get_swaggerui_blueprint
from playwright.sync_api import Browser, Page, Route, expect

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.conftest import by_lane


@pytest.mark.parametrize("option", by_lane(["swagger", "redoc"], "swagger"))
def test_it_shows_the_operations(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, option: str) -> None:
    """Nothing that the page needs is refused by its Content-Security-Policy."""
    with served(tmp_path_factory.mktemp("instance"), "/blog", STACK_DOCS_UI=option) as url:
        context = chromium.new_context()
        refused: list[str] = []
        context.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        visitor, page = Visitor(context.new_page(), refused, url), context.pages[0]
        page.goto("/docs/")
        expect(page.locator("body")).to_contain_text("Tags in use")
        if option == "swagger":
            People(Client(over_http(url))).new().publish(tagList=["tried-out"])
            operation = page.locator(".opblock", has=page.locator('[data-path="/api/tags"]'))
            operation.locator(".opblock-summary-control").click()
            operation.get_by_role("button", name="Try it out").click()
            operation.get_by_role("button", name="Execute").click()
            expect(operation.locator(".request-url")).to_contain_text(visitor.at("/api/tags"))
            expect(operation.locator(".live-responses-table")).to_contain_text("tried-out")
        # Redoc loads the logo of its makers from their server, and the policy refuses that.
        assert [text for text in refused if "cdn.redoc.ly" not in text and "'script-src' was not" not in text] == []
        context.close()


def their_docs(policy: str) -> Flask:
    """An app with Swagger UI as the README of flask-swagger-ui shows it, and a Content-Security-Policy."""
    app = Flask("theirs")
    app.add_url_rule("/openapi.json", view_func=lambda: {"openapi": "3.1.0", "info": {"title": "Tea"}, "paths": {}})
    app.register_blueprint(get_swaggerui_blueprint("/docs", "/openapi.json"), url_prefix="/docs")

    @app.after_request
    def add_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        return response

    return app


@contextmanager
def shown(chromium: Browser, app: Flask, path: str) -> Iterator[Page]:
    """A page of an app, without a server."""

    def answer(route: Route) -> None:
        with app.test_client().get(route.request.url) as response:
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.data)

    with chromium.new_context(base_url="http://docs.test") as context:
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(path)
        yield page


@pytest.mark.full
def test_a_strict_policy_leaves_the_page_empty(chromium: Browser) -> None:
    with shown(chromium, their_docs("script-src 'self' 'unsafe-inline'"), "/docs/") as page:
        expect(page.locator("#swagger-ui")).to_contain_text("Tea")
    with shown(chromium, their_docs("script-src 'self'"), "/docs/") as page:
        assert page.evaluate("typeof SwaggerUIBundle") == "function"
        expect(page.locator("#swagger-ui")).to_be_empty()
