"""Sign out for good: a copy of the cookie must be worth nothing afterwards.

Flask's session is the cookie itself. Who has copied it stays signed in after the sign-out. Keep the sessions on the
server: the cookie has only a random key, and signing out removes the key from ``sessions``. Django's sessions work
like this.
"""

import secrets

from flask import Flask, session

app = Flask(__name__)
app.secret_key = "for this exercise only"

sessions = {}
"""Who is signed in, by key. A real application keeps this in a table."""


@app.post("/login/<name>")
def login(name):
    # start
    # session["user"] = name
    # solution
    session["key"] = secrets.token_urlsafe()
    sessions[session["key"]] = name
    # end
    return ""


@app.post("/logout")
def logout():
    # start
    # session.clear()
    # solution
    sessions.pop(session.pop("key", None), None)
    # end
    return ""


@app.get("/")
def home():
    # start
    # return session.get("user", "nobody")
    # solution
    return sessions.get(session.get("key"), "nobody")
    # end


def test_a_copied_cookie_is_worth_nothing():
    browser, thief = app.test_client(), app.test_client()
    browser.post("/login/ada")
    thief.set_cookie("session", browser.get_cookie("session").value)
    assert (browser.get("/").text, thief.get("/").text) == ("ada", "ada")
    browser.post("/logout")
    assert (browser.get("/").text, thief.get("/").text) == ("nobody", "nobody")


def test_others_stay_signed_in():
    here, there = app.test_client(), app.test_client()
    here.post("/login/ada")
    there.post("/login/ada")
    here.post("/logout")
    assert there.get("/").text == "ada"
