"""Permissions with Casbin: authors may edit their articles, moderators all of them.

The model says in Casbin's language when a request is allowed: here for the author of the article, and by a policy for a
role (``g``). ``enforce(user, object, action)`` asks it; ``add_role_for_user`` and ``delete_role_for_user`` change roles
while the app runs. They are kept in memory; a database adapter of Casbin's would save them. Users are ``ada`` and
``bob``, who have written articles 1 and 2, and ``root``, an admin; each has the password ``correct-horse``.

Start it with ``flask --app casbin_app run``.
It follows https://casbin.org/docs/rbac and https://casbin.org/docs/abac
"""

import functools
from dataclasses import asdict, dataclass

import casbin
from flask import Flask, abort, g, request
from werkzeug.exceptions import BadRequest
from werkzeug.security import check_password_hash, generate_password_hash

# step: the rules
MODEL = """
[request_definition]
r = sub, obj, act

[policy_definition]
p = sub, act

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.act == "edit" && r.sub == r.obj.author || g(r.sub, p.sub) && r.act == p.act
"""

app = Flask(__name__)

model = casbin.Model()
model.load_model_from_text(MODEL)
enforcer = casbin.SyncedEnforcer(model)
# Casbin compares users and roles as text. The prefix keeps a user called "admins" from having that role.
enforcer.add_policy("role:moderators", "edit")
enforcer.add_policy("role:admins", "grant")
enforcer.add_role_for_user("root", "role:admins")


@dataclass
class Article:
    title: str
    author: str


passwords = {name: generate_password_hash("correct-horse") for name in ("ada", "bob", "root")}
articles = {1: Article("Ada's article", "ada"), 2: Article("Bob's article", "bob")}


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


def read_title():
    match request.get_json():
        case {"title": str(title)} if title.strip():
            return title.strip()
    raise BadRequest("Send a title.")


@app.get("/articles/<int:id>")
def show(id):
    return asdict(articles.get(id) or abort(404))


# step: edit
@app.put("/articles/<int:id>")
@auth_required
def edit(id):
    article = articles.get(id) or abort(404)
    # step: what they may do
    if not enforcer.enforce(g.user, article, "edit"):
        abort(403)
    article.title = read_title()
    return asdict(article)


def find_role(group, user):
    role = f"role:{group}"
    if not enforcer.enforce(g.user, role, "grant"):
        abort(403)
    if role not in enforcer.get_all_subjects() or user not in passwords:
        abort(404)
    return role


# step: grant a group
@app.post("/groups/<group>/<user>")
@auth_required
def grant(group, user):
    enforcer.add_role_for_user(user, find_role(group, user))
    return "", 204


# step: revoke a group
@app.delete("/groups/<group>/<user>")
@auth_required
def revoke(group, user):
    enforcer.delete_role_for_user(user, find_role(group, user))
    return "", 204
