"""Protect a form that has only a button.

Another site can send a form to ``/delete`` in the name of a visitor who is signed in. Turn on the protection for the
whole app, and put the token into the form. In Django, ``CsrfViewMiddleware`` and ``{% csrf_token %}`` do this.
"""

import re

from flask import Flask, render_template_string
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = "for this exercise only"
# start
# solution
CSRFProtect(app)
# end

# start
# PAGE = '<form method="post" action="/delete"><button>Delete</button></form>'
# solution
PAGE = """<form method="post" action="/delete">
  <input type="hidden" name="csrf_token" value="{{ csrf_token() }}"><button>Delete</button>
</form>"""
# end


@app.get("/")
def show():
    return render_template_string(PAGE)


@app.post("/delete")
def delete():
    return "deleted"


def test_a_form_of_another_site_is_refused():
    client = app.test_client()
    client.get("/")
    assert client.post("/delete").status_code == 400
    assert client.post("/delete", data={"csrf_token": "guessed"}).status_code == 400


def test_the_own_form_is_accepted():
    client = app.test_client()
    sent = dict(re.findall(r'name="(\w+)" value="([^"]+)"', client.get("/").text))
    assert client.post("/delete", data=sent).text == "deleted"


def test_a_token_is_worth_nothing_in_another_browser():
    sent = dict(re.findall(r'name="(\w+)" value="([^"]+)"', app.test_client().get("/").text))
    assert sent
    assert app.test_client().post("/delete", data=sent).status_code == 400
