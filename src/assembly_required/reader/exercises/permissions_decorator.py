"""Write a decorator that asks for a permission.

Each view below asks for its permission in its own lines, and ``delete`` forgot it. Write the decorator
``permission_required``, so that it stands beside the route, where a reader sees it. In Django it is
``@permission_required("blog.delete_article", raise_exception=True)``.
"""

from functools import wraps

from flask import Flask, abort, g, request

app = Flask(__name__)

granted = {"ada": {"publish"}, "mia": {"publish", "delete"}}


@app.before_request
def find_user():
    g.user = request.headers.get("X-User")


def permission_required(permission):
    """Protect a view: 401 for a visitor, 403 for a user without the permission."""

    def decorate(view):
        # start
        # return view
        # solution
        @wraps(view)
        def protected(**values):
            if g.user is None:
                abort(401)
            if permission not in granted.get(g.user, ()):
                abort(403)
            return view(**values)

        return protected
        # end

    return decorate


@app.post("/articles")
@permission_required("publish")
def publish():
    return "published"


@app.delete("/articles/<int:id>")
@permission_required("delete")
def delete(id):
    return f"deleted {id}"


def ask(method, path, user):
    return app.test_client().open(path, method=method, headers={"X-User": user} if user else {}).status_code


def test_who_has_the_permission_passes():
    assert ask("POST", "/articles", "ada") == 200
    assert ask("DELETE", "/articles/1", "mia") == 200


def test_who_does_not_have_it_is_refused():
    assert ask("DELETE", "/articles/1", "ada") == 403
    assert ask("POST", "/articles", "bob") == 403


def test_a_visitor_has_to_sign_in():
    assert ask("POST", "/articles", None) == 401


def test_both_views_keep_their_names():
    assert {"publish", "delete"} <= {*app.view_functions}
