"""Lead back after the login, but never to another site.

After the login, the visitor goes to the page in ``next``. A link such as ``/login?next=//elsewhere.example`` leads to
a page that looks like yours and asks for the password again. Accept only paths on this site. Django has
``url_has_allowed_host_and_scheme`` for this.
"""

import re

import pytest
from flask import Flask, redirect, request

app = Flask(__name__)


def is_local(target):
    """Whether a target is a path on this site.

    Browsers read a backslash as a slash, and leave out tabs and line breaks.
    """
    # start
    # return target != ""
    # solution
    return re.fullmatch(r"/([^/\\\s][^\\\s]*)?", target) is not None
    # end


@app.post("/login")
def login():
    target = request.args.get("next", "")
    return redirect(target if is_local(target) else "/")


def lead(target):
    return app.test_client().post("/login", query_string={"next": target}).location


@pytest.mark.parametrize("target", ["/", "/editor", "/tag/flask?page=2"])
def test_it_leads_back(target):
    assert lead(target) == target


@pytest.mark.parametrize(
    "target", ["", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example"]
)
def test_it_leads_nowhere_else(target):
    assert lead(target) == "/"
