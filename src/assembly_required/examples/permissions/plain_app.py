"""Permissions with nothing but Flask: authors may edit their articles, moderators all of them.

A dict says what a group may do, another one who is in it. A decorator checks the user of HTTP Basic authentication, and
``abort(403)`` refuses what they may not do. Users are ``ada`` and ``bob``, who have written articles 1 and 2, and
``root``, an admin who may grant and revoke groups; each has the password ``correct-horse``.

Start it with ``flask --app plain_app run``.
It follows https://flask.palletsprojects.com/en/stable/tutorial/blog/#update
"""

import functools

from flask import Flask, abort, g, request
from werkzeug.exceptions import BadRequest
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)

passwords = {name: generate_password_hash("correct-horse") for name in ("ada", "bob", "root")}
articles = {1: {"title": "Ada's article", "author": "ada"}, 2: {"title": "Bob's article", "author": "bob"}}

# step: the rules
permissions = {"moderators": {"edit"}, "admins": {"grant"}}
members = {"moderators": set(), "admins": {"root"}}


# step: who asks
def auth_required(view):
    @functools.wraps(view)
    def wrapped_view(**kwargs):
        auth = request.authorization
        password_hash = passwords.get(auth.username) if auth and auth.type == "basic" else None
        if not password_hash or not check_password_hash(password_hash, auth.password):
            return {"error": "Sign in."}, 401, {"WWW-Authenticate": 'Basic realm="articles"'}
        g.user = auth.username
        return view(**kwargs)

    return wrapped_view


# step: what they may do
def may(permission):
    return any(permission in permissions[group] for group, users in members.items() if g.user in users)


def read_title():
    match request.get_json():
        case {"title": str(title)} if title.strip():
            return title.strip()
    raise BadRequest("Send a title.")


@app.get("/articles/<int:id>")
def show(id):
    return articles.get(id) or abort(404)


# step: edit
@app.put("/articles/<int:id>")
@auth_required
def edit(id):
    article = articles.get(id) or abort(404)
    if article["author"] != g.user and not may("edit"):
        abort(403)
    article["title"] = read_title()
    return article


def find_members(group, user):
    if not may("grant"):
        abort(403)
    if group not in members or user not in passwords:
        abort(404)
    return members[group]


# step: grant a group
@app.post("/groups/<group>/<user>")
@auth_required
def grant(group, user):
    find_members(group, user).add(user)
    return "", 204


# step: revoke a group
@app.delete("/groups/<group>/<user>")
@auth_required
def revoke(group, user):
    find_members(group, user).discard(user)
    return "", 204
