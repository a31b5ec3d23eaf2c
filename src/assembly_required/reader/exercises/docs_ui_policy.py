"""Allow the script in the page, and no other.

The page of flask-swagger-ui starts Swagger UI with a script that stands in the HTML. The Content-Security-Policy below
blocks it, so the browser shows an empty page. ``'unsafe-inline'`` would allow it, and every script that an attacker
gets into the page. Allow it by its hash, in ``script-src``. The script contains the address of the page, so its hash
depends on the request. In Django drf-spectacular's ``SpectacularSwaggerSplitView`` gives the script a URL of its own.
"""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask_swagger_ui import get_swaggerui_blueprint

app = Flask(__name__)
swagger_ui = get_swaggerui_blueprint("/docs", "/openapi.json")


@swagger_ui.after_request
def add_policy(response):
    """Allow what this site serves, and what Swagger UI needs: styles in the page, and images in its style sheet."""
    policy = response.content_security_policy
    policy.default_src = "'self'"
    policy.style_src = "'self' 'unsafe-inline'"
    policy.img_src = "'self' data:"
    # start
    # solution
    if not response.is_streamed:  # the files of the package are
        scripts = re.findall(b"<script>(.*?)</script>", response.data, re.DOTALL)
        policy.script_src = " ".join(["'self'", *[allow(script) for script in scripts]])
    # end
    return response


def allow(script):
    """Write the hash of a script as a policy names it.

    :param script: the bytes between ``<script>`` and ``</script>``, with all spaces and line ends.
    """
    # start
    # return ""
    # solution
    return f"'sha256-{b64encode(sha256(script).digest()).decode()}'"
    # end


app.register_blueprint(swagger_ui)


class Scripts(HTMLParser):
    """Collects the scripts of a page: the addresses of its files, and the text of the others."""

    def __init__(self, page):
        super().__init__()
        self.files, self.texts, self.inside = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "script" and dict(attrs).get("src"):
            self.files.append(dict(attrs)["src"])
        elif tag == "script":
            self.inside = True

    def handle_data(self, data):
        if self.inside:
            self.texts.append(data)

    def handle_endtag(self, tag):
        self.inside = False


def list_sources(response, directive="script_src"):
    """List what a directive allows."""
    return (getattr(response.content_security_policy, directive) or "").split()


def test_a_hash():
    """The value is the example in the specification, https://www.w3.org/TR/CSP2/"""
    assert allow(b"alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


@pytest.mark.parametrize("host", ["http://localhost/", "https://blog.example/"])
def test_the_script_is_allowed(host):
    response = app.test_client().get("/docs/", base_url=host)
    [text] = Scripts(response.text).texts
    assert allow(text.encode()) in list_sources(response)


def test_the_files_are_allowed():
    response = app.test_client().get("/docs/")
    assert "'self'" in list_sources(response)
    for file in Scripts(response.text).files:
        with app.test_client().get(file) as answer:
            assert answer.status_code == 200


def test_no_other_script_is_allowed():
    response = app.test_client().get("/docs/")
    assert len(list_sources(response)) == 2
    assert "'unsafe-inline'" not in list_sources(response)


@pytest.mark.parametrize("path", ["/docs/", "/docs/swagger-ui.css", "/docs/oauth2-redirect.html", "/docs/nothing"])
def test_the_rest_of_the_policy_stays(path):
    with app.test_client().get(path) as response:
        assert list_sources(response, "default_src") == ["'self'"]
        assert list_sources(response, "img_src") == ["'self'", "data:"]
        assert "'unsafe-inline'" not in list_sources(response)
