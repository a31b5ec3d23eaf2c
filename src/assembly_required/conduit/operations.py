"""The whole API, as one list.

*In Django* this is ``urls.py``.

*Here* the facts of each endpoint stand over its handler, and this list says which there are and in which order the
documentation shows them.

*What it costs*: a new handler has to be added here; a test notices when it was not.

*Next*: :mod:`assembly_required.conduit.examples`.
"""

from typing import Any

from . import articles, comments, profiles, tags, users
from .operation import Operation

HANDLERS: tuple[Any, ...] = (
    users.register_user,
    users.login_user,
    users.current_user,
    users.update_user,
    profiles.get_profile,
    profiles.follow,
    profiles.unfollow,
    articles.list_articles,
    articles.feed,
    articles.publish_article,
    articles.get_article,
    articles.update_article,
    articles.delete_article,
    articles.favorite,
    articles.unfavorite,
    comments.list_comments,
    comments.add_comment,
    comments.delete_comment,
    tags.list_tags,
)

DESCRIPTION = """\
The JSON API of Conduit, the blog of the RealWorld project.

Every refusal has one shape, `{"errors": {"<field>": ["<message>"]}}`. Beside what each operation lists, any of them
can answer `500` (a fault of the server) and `503` (not set up yet, or the database is away), in the same shape.
"""
"""What the documentation says about the whole API."""

TAGS = {
    "Users": "Accounts, and signing in",
    "Profiles": "Others, and following them",
    "Articles": "Lists, one, and one's own",
    "Favorites": "Articles one likes",
    "Comments": "What others say about an article",
    "Tags": "What articles are about",
}
"""The headings of the documentation."""

operations: tuple[Operation, ...] = tuple(handler.operation for handler in HANDLERS)
