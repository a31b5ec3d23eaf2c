"""Write a decorator for members only.

``members`` shows its page to everybody. Write ``members_only``: it sends a visitor without a session to the login form,
with the path of the page in the query argument ``next``. In Django you would use ``login_required``.
"""

from functools import wraps

from flask import Flask, redirect, request, session, url_for

app = Flask(__name__)
app.secret_key = "for this exercise only"


def members_only(view):
    """Protect a view: without a session, its visitors are sent to the login form."""
    # start
    # return view
    # solution

    @wraps(view)
    def protected(**values):
        if "user" not in session:
            return redirect(url_for("login", next=request.path))
        return view(**values)

    return protected
    # end


@app.get("/login")
def login():
    return "Sign in"


@app.get("/members/<room>")
@members_only
def members(room):
    return f"{session.get('user')} in {room}"


def test_a_stranger_is_sent_to_the_form_and_back():
    answer = app.test_client().get("/members/library")
    assert (answer.status_code, answer.location) == (302, "/login?next=/members/library")


def test_a_member_sees_the_page():
    client = app.test_client()
    with client.session_transaction() as session:
        session["user"] = "ada"
    assert client.get("/members/library").text == "ada in library"


def test_the_view_keeps_its_name():
    assert members.__name__ == "members"
