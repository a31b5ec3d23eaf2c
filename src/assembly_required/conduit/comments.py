"""Comments under an article.

*In Django* this would be nested routing (a package of its own) and a queryset filtered by the parent.

*Here* the path names two things, and the second is looked for below the first: a comment of another article is not
found, and only its author, or a moderator, may delete it.

*What it costs*: nothing is read twice; the article that the guard has fetched is handed to the handler.

*Next*: :mod:`assembly_required.conduit.tags`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .articles import the_article
from .errors import Forbidden, NotFound
from .model import Article, Comment, User, now
from .operation import operation
from .permissions import DELETE_COMMENT

if TYPE_CHECKING:
    from .interfaces import Permissions, Store


def deletable_comment(store: Store, permissions: Permissions, viewer: User, article: Article, id: str) -> Comment:
    """What ``{id}`` in a path means, for those who may delete it.

    Ids have at most 18 digits, which every database can compare.
    """
    comment = store.comment(article, int(id), viewer) if id.isdecimal() and len(id) <= 18 else None
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
