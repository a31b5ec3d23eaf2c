"""Authors may edit what is theirs, moderators everything.

``edit`` lets every user change every article. Write ``may_edit``: true for the author of the article, and for somebody
in the group ``moderators``. In Django you would compare ``article.author`` yourself too, before you ask
``user.has_perm("blog.change_article")``: its permissions know no owner.
"""

from flask import Flask, abort, request

app = Flask(__name__)

members = {"moderators": {"mia"}}
articles = {1: {"title": "Ada's article", "author": "ada"}}


def may_edit(user, article):
    """Whether a user may edit an article. A visitor is ``None``."""
    # start
    # return True
    # solution
    return user is not None and (user == article["author"] or user in members["moderators"])
    # end


@app.put("/articles/<int:id>")
def edit(id):
    article = articles.get(id) or abort(404)
    user = request.authorization.username if request.authorization else None
    if not may_edit(user, article):
        abort(403)
    return article


def ask(user=None, id=1):
    return app.test_client().put(f"/articles/{id}", auth=(user, "") if user else None).status_code


def test_the_author_and_a_moderator_may():
    assert (ask("ada"), ask("mia")) == (200, 200)


def test_others_may_not():
    assert (ask("bob"), ask()) == (403, 403)


def test_what_does_not_exist_is_not_found_whoever_asks():
    assert (ask("ada", 2), ask("bob", 2)) == (404, 404)


def test_a_visitor_has_not_written_an_article_without_an_author():
    assert not may_edit(None, {"author": None})
