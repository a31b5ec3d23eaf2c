"""Articles: lists, one, publishing, editing, favorites.

*In Django* lists are ``ListView`` or a DRF viewset with ``django-filter``; ownership is a permission class with
``has_object_permission``.

*Here* ``editable_article`` and ``deletable_article`` are where 403 is decided, by the permissions slot and before any
payload is read, for every operation that names them, and for the site.
The use cases ``publish`` and ``revise`` find a free slug: they try, and the database says whether it was.

*What it costs*: a lost race costs one more INSERT.

*Next*: :mod:`assembly_required.conduit.comments`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import Forbidden, NotFound, Taken
from .limits import PAGE_DEFAULT, storable
from .model import Article, User, later, now
from .operation import operation
from .permissions import DELETE_ARTICLE, EDIT_ARTICLE
from .slugs import candidates, slugify

if TYPE_CHECKING:
    from datetime import datetime

    from .interfaces import Permissions, Store


def the_article(store: Store, viewer: User | None, slug: str) -> Article:
    """What ``{slug}`` in a path means."""
    article = store.article(slug, viewer) if storable(slug) else None
    if article is None:
        raise NotFound("article")
    return article


def editable_article(store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    """The same, for those who may change it."""
    return _permitted(EDIT_ARTICLE, store, permissions, viewer, slug)


def deletable_article(store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    """The same, for those who may delete it."""
    return _permitted(DELETE_ARTICLE, store, permissions, viewer, slug)


def _permitted(permission: str, store: Store, permissions: Permissions, viewer: User, slug: str) -> Article:
    article = the_article(store, viewer, slug)
    if not permissions.of(viewer).may(permission, article.author.id):
        raise Forbidden("article")
    return article


def publish(new: dict[str, Any], store: Store, viewer: User, at: datetime | None = None) -> Article:
    """Publish an article under the first free slug for its title; it is dated now unless ``at`` says otherwise."""
    tags = list(dict.fromkeys(new.get("tag_list", [])))
    words = new["title"], new["description"], new["body"]
    return _first_free(new["title"], lambda slug: store.publish(viewer, slug, *words, tags, at or now()))


def revise(changes: dict[str, Any], store: Store, viewer: User, article: Article) -> Article:
    """Change an article; a new title means a new slug, unless it comes to the same words."""
    changes["updated_at"] = later(article.updated_at)
    if "tag_list" in changes:
        changes["tag_list"] = list(dict.fromkeys(changes["tag_list"]))
    if slugify(changes.get("title", article.title)) == slugify(article.title):
        return store.edit(viewer, article, changes)
    return _first_free(changes["title"], lambda slug: store.edit(viewer, article, {**changes, "slug": slug}))


def _first_free(title: str, attempt: Callable[[str], Article]) -> Article:
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
    articles, count = store.articles(viewer, tag, author, favorited, limit, offset)
    return {"articles": articles, "articles_count": count}


@operation("GET", "/articles/feed", tag="Articles", caller="user", query="Page", gives="Articles")
def feed(store: Store, viewer: User, limit: int = PAGE_DEFAULT, offset: int = 0) -> dict[str, Any]:
    """List articles of the authors one follows, newest first."""
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
    """Change an article; fields that are absent stay as they are."""
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
    """Delete an article, and with it its comments and favorites."""
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
    """Take the mark away."""
    return {"article": store.unfavorite(viewer, article)}
