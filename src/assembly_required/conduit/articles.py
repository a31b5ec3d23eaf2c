"""Articles: list, read, publish, edit, delete and mark as favorite.

``editable_article`` and ``deletable_article`` decide on 403, before the payload is read. ``publish`` and ``revise``
try slugs until one is free; the unique constraint in the database decides whether it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import Forbidden, NotFound, Taken
from .limits import PAGE_DEFAULT, storable
from .model import Article, User, later, now
from .names import normalize_username
from .operation import operation
from .permissions import DELETE_ARTICLE, EDIT_ARTICLE
from .slugs import candidates, slugify

if TYPE_CHECKING:
    from datetime import datetime

    from .interfaces import Permissions, Store


def the_article(store: Store, viewer: User | None, slug: str) -> Article:
    """Return the article that ``{slug}`` in a path names.

    :raises NotFound: there is no such article.
    """
    article = store.article(slug, viewer) if storable(slug) else None
    if article is None:
        raise NotFound("article")
    return article


def editable_article(store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    """Return the article if the viewer may edit it.

    :raises NotFound: there is no such article.
    :raises Forbidden: the viewer may not edit it.
    """
    return _require(EDIT_ARTICLE, store, permissions, viewer, slug)


def deletable_article(store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    """Return the article if the viewer may delete it.

    :raises NotFound: there is no such article.
    :raises Forbidden: the viewer may not delete it.
    """
    return _require(DELETE_ARTICLE, store, permissions, viewer, slug)


def _require(permission: str, store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    article = the_article(store, viewer, slug)
    if not permissions.of(viewer).may(permission, article.author.id):
        raise Forbidden("article")
    return article


def publish(new: dict[str, Any], store: Store, viewer: User, at: datetime | None = None) -> Article:
    """Publish an article under the first free slug for its title; it is dated now unless ``at`` says otherwise."""
    tags = list(dict.fromkeys(new.get("tag_list", [])))
    words = new["title"], new["description"], new["body"]
    return _try_slugs(new["title"], lambda slug: store.publish(viewer, slug, *words, tags, at or now()))


def revise(changes: dict[str, Any], store: Store, viewer: User, article: Article) -> Article:
    """Change an article. A new title gives a new slug, unless both titles give the same one."""
    changes["updated_at"] = later(article.updated_at)
    if "tag_list" in changes:
        changes["tag_list"] = list(dict.fromkeys(changes["tag_list"]))
    if slugify(changes.get("title", article.title)) == slugify(article.title):
        return store.edit(viewer, article, changes)
    return _try_slugs(changes["title"], lambda slug: store.edit(viewer, article, {**changes, "slug": slug}))


def _try_slugs(title: str, attempt: Callable[[str], Article]) -> Article:
    *others, last = candidates(title)
    for slug in others:
        try:
            return attempt(slug)
        except Taken:
            continue
    return attempt(last)


@operation("GET", "/articles", tag="Articles", caller="optional", query="ArticleFilter", gives="Articles")
def list_articles(
    store: Store,
    viewer: User | None,
    tag: str | None = None,
    author: str | None = None,
    favorited: str | None = None,
    limit: int = PAGE_DEFAULT,
    offset: int = 0,
) -> dict[str, Any]:
    """List articles, newest first."""
    author, favorited = author and normalize_username(author), favorited and normalize_username(favorited)
    articles, count = store.articles(viewer, tag, author, favorited, limit, offset)
    return {"articles": articles, "articles_count": count}


@operation("GET", "/articles/feed", tag="Articles", caller="user", query="Page", gives="Articles")
def feed(store: Store, viewer: User, limit: int = PAGE_DEFAULT, offset: int = 0) -> dict[str, Any]:
    """List articles by the authors you follow, newest first."""
    articles, count = store.feed(viewer, limit, offset)
    return {"articles": articles, "articles_count": count}


@operation("POST", "/articles", tag="Articles", caller="user", takes="NewArticle", gives="Article", status=201)
def publish_article(new: dict[str, Any], store: Store, viewer: User) -> dict[str, Any]:
    """Publish an article."""
    return {"article": publish(new, store, viewer)}


@operation(
    "GET",
    "/articles/{slug}",
    tag="Articles",
    caller="optional",
    article=the_article,
    gives="Article",
    raises=(NotFound,),
)
def get_article(article: Article) -> dict[str, Any]:
    """Read an article."""
    return {"article": article}


@operation(
    "PUT",
    "/articles/{slug}",
    tag="Articles",
    caller="user",
    article=editable_article,
    takes="UpdateArticle",
    gives="Article",
    raises=(NotFound, Forbidden),
)
def update_article(changes: dict[str, Any], store: Store, viewer: User, article: Article) -> dict[str, Any]:
    """Change an article. Absent fields are not changed."""
    return {"article": revise(changes, store, viewer, article)}


@operation(
    "DELETE",
    "/articles/{slug}",
    tag="Articles",
    caller="user",
    article=deletable_article,
    status=204,
    raises=(NotFound, Forbidden),
)
def delete_article(store: Store, article: Article) -> None:
    """Delete an article with its comments and favorites."""
    store.remove(article)


@operation(
    "POST",
    "/articles/{slug}/favorite",
    tag="Favorites",
    caller="user",
    article=the_article,
    gives="Article",
    raises=(NotFound,),
)
def favorite(store: Store, viewer: User, article: Article) -> dict[str, Any]:
    """Mark an article as a favorite."""
    return {"article": store.favorite(viewer, article)}


@operation(
    "DELETE",
    "/articles/{slug}/favorite",
    tag="Favorites",
    caller="user",
    article=the_article,
    gives="Article",
    raises=(NotFound,),
)
def unfavorite(store: Store, viewer: User, article: Article) -> dict[str, Any]:
    """Remove an article from your favorites."""
    return {"article": store.unfavorite(viewer, article)}
