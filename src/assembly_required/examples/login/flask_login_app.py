"""Sign in with Flask-Login: a page for members only, "remember me", and sign out.

``LoginManager`` loads the user of a request through ``user_loader``; templates and views read it as ``current_user``.
``@login_required`` sends everybody else to ``login_view``, with the page they asked for in ``?next=``. Flask-Login
checks neither ``next`` nor passwords, so the app does. It has no CSRF tokens either (Flask-WTF has): ``SameSite=Lax``
keeps the cookies out of forms that other sites send. Sign in as ``ada`` with the password ``analytical-engine``.

Start it with ``flask --app flask_login_app run``.
It follows https://flask-login.readthedocs.io/en/latest/#how-it-works
"""

import os
import re
import secrets
from datetime import timedelta

from flask import Flask, flash, redirect, render_template_string, request, url_for
from flask_login import LoginManager, UserMixin, login_required, login_user, logout_user
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_COOKIE_SAMESITE="Lax",
    REMEMBER_COOKIE_SAMESITE="Lax",
    REMEMBER_COOKIE_DURATION=timedelta(days=30),
)

login_manager = LoginManager(app)
login_manager.login_view = "login"


class User(UserMixin):
    def __init__(self, id, username, password):
        self.id = id
        self.username = username
        self.password_hash = generate_password_hash(password)


users = {user.id: user for user in [User("1", "ada", "analytical-engine")]}
# Checked if no user has this name, so that the response time does not reveal who has an account.
no_hash = generate_password_hash(secrets.token_hex())


# step: load the user
@login_manager.user_loader
def load_user(user_id):
    return users.get(user_id)


@app.route("/")
def index():
    return render_template_string(INDEX)


# step: members only
@app.route("/members")
@login_required
def members():
    return render_template_string("<h1>Members</h1><p>Only for people like {{ current_user.username }}.</p>")


# step: sign in
@app.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "POST":
        user = next((user for user in users.values() if user.username == request.form["username"]), None)
        if check_password_hash(user.password_hash if user else no_hash, request.form["password"]) and user:
            login_user(user, remember="remember" in request.form)
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
    logout_user()
    return redirect(url_for("index"))


INDEX = """
<!doctype html>
<title>Flask-Login</title>
{% if current_user.is_authenticated %}
<p>Signed in as {{ current_user.username }}.</p>
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
