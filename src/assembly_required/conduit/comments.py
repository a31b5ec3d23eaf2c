"""Comments on an article: list, add and delete.

A comment is looked up within its article, so the comment of another article is not found. The author and moderators
may delete it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .articles import the_article
from .errors import Forbidden, NotFound
from .limits import is_id
from .model import Article, Comment, User, now
from .operation import operation
from .permissions import DELETE_COMMENT

if TYPE_CHECKING:
    from .interfaces import Permissions, Store


def deletable_comment(store: Store, permissions: Permissions, viewer: User, article: Article, id: str) -> Comment:
    """Return the comment that ``{id}`` in a path names, if the viewer may delete it.

    :raises NotFound: the article has no such comment.
    :raises Forbidden: the viewer may not delete it.
    """
    comment = store.comment(article, int(id), viewer) if is_id(id) else None
    if comment is None:
        raise NotFound("comment")
    if not permissions.of(viewer).may(DELETE_COMMENT, comment.author.id):
        raise Forbidden("comment")
    return comment


@operation(
    "GET",
    "/articles/{slug}/comments",
    tag="Comments",
    caller="optional",
    article=the_article,
    gives="Comments",
    raises=(NotFound,),
)
def list_comments(store: Store, viewer: User | None, article: Article) -> dict[str, Any]:
    """List the comments on an article, oldest first."""
    return {"comments": store.comments(article, viewer)}


@operation(
    "POST",
    "/articles/{slug}/comments",
    tag="Comments",
    caller="user",
    article=the_article,
    takes="NewComment",
    gives="Comment",
    status=201,
    raises=(NotFound,),
)
def add_comment(new: dict[str, Any], store: Store, viewer: User, article: Article) -> dict[str, Any]:
    """Comment on an article."""
    return {"comment": store.add_comment(viewer, article, new["body"], now())}


@operation(
    "DELETE",
    "/articles/{slug}/comments/{id}",
    tag="Comments",
    caller="user",
    article=the_article,
    comment=deletable_comment,
    status=204,
    raises=(NotFound, Forbidden),
)
def delete_comment(store: Store, comment: Comment) -> None:
    """Delete a comment."""
    store.remove_comment(comment)
