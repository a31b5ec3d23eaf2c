"""All operations of the API, in the order in which the documentation lists them."""

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

Every error has the same shape, `{"errors": {"<field>": ["<message>"]}}`. In addition to what each operation lists, any
of them can return `500` (server error) and `503` (not set up, or the database is unavailable), in the same shape.
"""
"""The introduction of the API documentation."""

TAGS = {
    "Users": "Accounts and signing in",
    "Profiles": "Public profiles and following",
    "Articles": "Listing, reading and writing articles",
    "Favorites": "Favorite articles",
    "Comments": "Comments on articles",
    "Tags": "Tags in use",
}
"""The headings in the API documentation, with their descriptions."""

operations: tuple[Operation, ...] = tuple(handler.operation for handler in HANDLERS)
