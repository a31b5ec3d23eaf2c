"""Sign in with nothing but Flask: a page for members only, "remember me", and sign out.

The user's id is kept in Flask's signed ``session``; ``before_request`` loads that user into ``g.user``, and a decorator
sends everybody else to the sign-in page. "Remember me" makes the session permanent, so its cookie survives the end of
the browser. Flask has no CSRF tokens: ``SameSite=Lax`` keeps the cookie out of forms that other sites send.
Sign in as ``ada`` with the password ``analytical-engine``.

Start it with ``flask --app plain_app run``.
It follows https://flask.palletsprojects.com/en/stable/tutorial/views/
"""

import functools
import os
import re
import secrets
import sqlite3
from datetime import timedelta

from flask import Flask, flash, g, redirect, render_template_string, request, session, url_for
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_COOKIE_SAMESITE="Lax",
    PERMANENT_SESSION_LIFETIME=timedelta(days=30),
)


def get_db():
    if "db" not in g:
        g.db = sqlite3.connect("login_plain.sqlite3")
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close_db(error):
    if "db" in g:
        g.pop("db").close()


def init_db():
    db = get_db()
    db.execute("CREATE TABLE IF NOT EXISTS user (id INTEGER PRIMARY KEY, username TEXT UNIQUE, password TEXT)")
    password = generate_password_hash("analytical-engine")
    db.execute("INSERT OR IGNORE INTO user (username, password) VALUES ('ada', ?)", (password,))
    db.commit()


with app.app_context():
    init_db()

# Checked if no user has this name, so that the response time does not reveal who has an account.
no_hash = generate_password_hash(secrets.token_hex())


# step: load the user
@app.before_request
def load_logged_in_user():
    user_id = session.get("user_id")
    g.user = None
    if user_id is not None:
        g.user = get_db().execute("SELECT * FROM user WHERE id = ?", (user_id,)).fetchone()


def login_required(view):
    @functools.wraps(view)
    def wrapped_view(**kwargs):
        if g.user is None:
            return redirect(url_for("login", next=request.full_path.rstrip("?")))
        return view(**kwargs)

    return wrapped_view


@app.route("/")
def index():
    return render_template_string(INDEX)


# step: members only
@app.route("/members")
@login_required
def members():
    return render_template_string("<h1>Members</h1><p>Only for people like {{ g.user.username }}.</p>")


# step: sign in
@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        username, password = request.form["username"], request.form["password"]
        user = get_db().execute("SELECT * FROM user WHERE username = ?", (username,)).fetchone()
        if check_password_hash(user["password"] if user else no_hash, password) and user:
            session.clear()
            session["user_id"] = user["id"]
            session.permanent = "remember" in request.form
            target = request.args.get("next", "")
            return redirect(target if is_local(target) else url_for("members"))
        flash("Wrong username or password.")
    return render_template_string(LOGIN)


# step: stay on this site
def is_local(target):
    # Browsers read a backslash as a slash, and leave out tabs and line breaks.
    return re.fullmatch(r"/([^/\\\s][^\\\s]*)?", target)


# step: sign out
@app.post("/logout")
def logout():
    session.clear()
    return redirect(url_for("index"))


INDEX = """
<!doctype html>
<title>Plain Flask</title>
{% if g.user %}
<p>Signed in as {{ g.user.username }}.</p>
<form method="post" action="{{ url_for('logout') }}"><button>Sign out</button></form>
{% else %}
<p><a href="{{ url_for('login') }}">Sign in</a></p>
{% endif %}
<p><a href="{{ url_for('members') }}">Members only</a></p>
"""

LOGIN = """
<!doctype html>
<title>Sign in</title>
{% for message in get_flashed_messages() %}<p role="alert">{{ message }}</p>{% endfor %}
<form method="post">
  <label>Username <input name="username" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <label><input name="remember" type="checkbox"> Remember me</label>
  <button>Sign in</button>
</form>
"""
