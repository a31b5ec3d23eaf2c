"""Jinja escapes what stands in a template only if the name of the template ends as the name of a page does."""

from flask import Flask, render_template
from jinja2 import DictLoader

from tests.conftest import MakeApp


def test_another_ending_turns_escaping_off() -> None:
    app = Flask("theirs")
    app.jinja_loader = DictLoader(dict.fromkeys(("hello.html", "hello.html.j2", "hello.j2"), "Hello {{ name }}"))
    with app.app_context():
        pages = {name: render_template(name, name="<script>") for name in app.jinja_env.list_templates()}
    assert pages == {
        "hello.html": "Hello &lt;script&gt;",
        "hello.html.j2": "Hello <script>",
        "hello.j2": "Hello <script>",
    }


def test_every_template_with_markup_is_escaped(make_app: MakeApp) -> None:
    app = make_app()
    assert app.jinja_env.loader
    sources = {name: app.jinja_env.loader.get_source(app.jinja_env, name)[0] for name in app.jinja_env.list_templates()}
    marked_up = {name for name, source in sources.items() if "</" in source}
    assert marked_up
    assert {name for name in sources if app.select_jinja_autoescape(name)} == marked_up
