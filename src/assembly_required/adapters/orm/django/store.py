"""The store's verbs in Django's ORM: active record.

*In Django* this is how it is done everywhere: ``Model.objects`` queries, ``create`` and ``save`` write.

*Here* too. Lookups span relations with two underscores, ``Exists`` and ``Subquery`` add what depends on the viewer,
and ``values_list`` asks for tuples instead of objects. A queryset is lazy: one ``listing`` is sliced for the page and
counted for the total. It also remembers its rows, so those built when this module is imported are never read
themselves: ``filter`` and ``all`` make a new one.

*What it costs*: a queryset can be kept, but not its SQL, which is written anew each time: a list of 20 articles takes
1.4 times as long as in SQLAlchemy, on SQLite.

*Next*: :mod:`assembly_required.adapters.orm.django.rows`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.transaction import atomic

from ....conduit import limits, model
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_violation
from .models import Article, ArticleTag, Change, Comment, Favorite, Follow, Grant, Tag, User
from .router import alias, connection
from .rows import DjangoRows


def following(viewer: int | None, user: str) -> Exists | Value:
    """Whether the viewer follows the user whose id is in that column."""
    return Exists(Follow.objects.filter(follower=viewer, followed=OuterRef(user))) if viewer else Value(False)


def favorited(viewer: int | None) -> Exists | Value:
    """Whether an article is one of the viewer's favorites."""
    return Exists(Favorite.objects.filter(user=viewer, article=OuterRef("id"))) if viewer else Value(False)


# Not Count("favorites"): it would join all favorites to the page, and group by every column that is read.
FAVORITES = Coalesce(
    Subquery(Favorite.objects.filter(article=OuterRef("id")).values("article").annotate(n=Count("*")).values("n")), 0
)

USER = User.objects.values_list("id", "username", "email", "bio", "image")
ACCOUNT = User.objects.values_list("id", "username", "email", "bio", "image", "password_hash", "confirmed_email")
GRANTS = Grant.objects.values_list("name", flat=True)

AUTHOR = ("author__id", "author__username", "author__bio", "author__image")


@lru_cache
def profile_for(viewer: int | None) -> QuerySet[User, Any]:
    return User.objects.values_list("id", "username", "bio", "image", following(viewer, "id"))


HEAD = ("id", "slug", "title", "description", "created_at", "updated_at")


@lru_cache
def previews_for(viewer: int | None) -> QuerySet[Article, Any]:
    # Building it is half of the work of a query, so those for the last viewers are kept, and that for nobody.
    return Article.objects.values_list(*HEAD, favorited(viewer), FAVORITES, *AUTHOR, following(viewer, "author"))


@lru_cache
def article_for(viewer: int | None) -> QuerySet[Article, Any]:
    return Article.objects.values_list(
        *HEAD, favorited(viewer), FAVORITES, *AUTHOR, following(viewer, "author"), "body"
    )


SLUG = Article.objects.order_by("articletag__position").values_list("id", "tags__name")
TAGS_OF = ArticleTag.objects.order_by("article_id", "position").values_list("article_id", "tag__name")
TAGS = Tag.objects.filter(Exists(ArticleTag.objects.filter(tag=OuterRef("id")))).values_list("name", flat=True)
RECENT_TAGS = ArticleTag.objects.order_by("-id").values_list("tag__name", flat=True)[: limits.RECENT_USES]


@lru_cache
def comments_for(viewer: int | None) -> QuerySet[Comment, Any]:
    columns = ("id", "body", "created_at", "updated_at", *AUTHOR)
    return Comment.objects.order_by("id").values_list(*columns, following(viewer, "author"))


NEWEST = Article.objects.order_by("-created_at", "-id").values_list("id", flat=True)
SOURCES: dict[str, tuple[QuerySet[Any, int], str]] = {
    "tag": (
        ArticleTag.objects.order_by("-created_at", "-article_id").values_list("article_id", flat=True),
        "tag__name",
    ),
    "favorited": (
        Favorite.objects.order_by("-article_created_at", "-article_id").values_list("article_id", flat=True),
        "user__username",
    ),
}
FILTERS = {
    "author": "author__username",
    "favorited": "favorites__user__username",
    "feed": "author__followed_by__follower",
}


def listing(**filters: Any) -> QuerySet[Any, int]:
    """The ids of the articles that match, newest first: a slice of them is a page, and they can be counted.

    With a tag they start from ``article_tags``, for somebody's favorites from ``favorites``: one index of each holds
    all that they need. The articles are taken in only where another filter asks for them.
    """
    source = next((name for name in SOURCES if name in filters), None)
    articles = NEWEST.filter(**{FILTERS[name]: value for name, value in filters.items() if name != source})
    if source is None:
        return articles
    rows, lookup = SOURCES[source]
    ids = rows.filter(**{lookup: filters[source]})
    return ids.filter(article__in=articles) if len(filters) > 1 else ids


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit what was done inside, or undo it.

    :param gone: what it means when a row that was to be referred to is not there any more.
    :raises Taken: a unique constraint names the column.
    """
    try:
        with atomic(using=alias()):
            yield
    except IntegrityError as error:
        if refusal := translate_violation(error, gone):
            raise refusal from error
        raise


class DjangoStore(DjangoRows):
    """The blog's memory in Django's ORM, in the database of the app that is at work."""

    models: Mapping[str, Any] = {each._meta.db_table: each for each in (User, Article, Comment, Change)}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            user = User.objects.create(username=username, email=email, password_hash=password_hash)
        return model.User(user.pk, username, email, bio=None, image=None)

    def user(self, id: int) -> model.User | None:
        row = USER.filter(id=id).first()
        return model.User(*row) if row else None

    def account(self, id: int) -> model.Account | None:
        row = ACCOUNT.filter(id=id).first()
        return model.Account(model.User(*row[:5]), *row[5:]) if row else None

    def find_account(self, email: str) -> model.Account | None:
        row = ACCOUNT.filter(email=email).first()
        return model.Account(model.User(*row[:5]), *row[5:]) if row else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            if changes:
                User.objects.filter(id=user.id).update(**changes)
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def remove_user(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            User.objects.filter(id=user.id).delete()

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        row = profile_for(_id(viewer)).filter(username=username).first()
        return model.Profile(*row) if row else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(GRANTS.filter(user=user.id))

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.objects.bulk_create([Grant(user_id=user.id, name=name)], ignore_conflicts=True)

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.objects.filter(user=user.id, name=name).delete()

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = Follow(follower_id=viewer.id, followed_id=profile.id)
            Follow.objects.bulk_create([pair], ignore_conflicts=True)

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            Follow.objects.filter(follower=viewer.id, followed=profile.id).delete()

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        tags = list(SLUG.filter(slug=slug))
        row = article_for(_id(viewer)).filter(id=tags[0][0]).first() if tags else None
        return _article(row, [name for _, name in tags if name], body=row[-1]) if row else None

    def articles(
        self,
        viewer: model.User | None,
        tag: str | None,
        author: str | None,
        favorited: str | None,
        limit: int,
        offset: int,
    ) -> tuple[list[model.Article], int]:
        asked = {"tag": tag, "author": author, "favorited": favorited}
        return _page({name: value for name, value in asked.items() if value is not None}, viewer, limit, offset)

    def feed(self, viewer: model.User, limit: int, offset: int) -> tuple[list[model.Article], int]:
        return _page({"feed": viewer.id}, viewer, limit, offset)

    def publish(
        self, author: model.User, slug: str, title: str, description: str, body: str, tags: Sequence[str], at: datetime
    ) -> model.Article:
        with transaction(gone=Unauthorized.invalid()):
            article = Article.objects.create(
                slug=slug,
                title=title,
                description=description,
                body=body,
                created_at=at,
                updated_at=at,
                author_id=author.id,
            )
            _set_tags(article.pk, tags, at)
        return self._written(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            Article.objects.filter(id=article.id).update(**columns)
            if "tag_list" in changes:
                ArticleTag.objects.filter(article=article.id).delete()
                _set_tags(article.id, changes["tag_list"], article.created_at)
        return self._written(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            Article.objects.filter(id=article.id).delete()

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = Favorite(article_id=article.id, user_id=viewer.id, article_created_at=article.created_at)
            Favorite.objects.bulk_create([pair], ignore_conflicts=True)
        return self._written(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            Favorite.objects.filter(article=article.id, user=viewer.id).delete()
        return self._written(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        rows = comments_for(_id(viewer)).filter(article=article.id)
        return [_comment(row) for row in rows]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        row = comments_for(_id(viewer)).filter(article=article.id, id=id).first()
        return _comment(row) if row else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        with transaction(gone=NotFound("article")):
            comment = Comment.objects.create(
                body=body, created_at=at, updated_at=at, article_id=article.id, author_id=author.id
            )
        written = self.comment(article, comment.pk, author)
        if written is None:
            raise NotFound("article")
        return written

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            Comment.objects.filter(id=comment.id).delete()

    def tags(self) -> list[str]:
        return sorted(TAGS.all())

    def recent_tags(self, limit: int) -> list[str]:
        return list(dict.fromkeys(RECENT_TAGS.all()))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")):
            Change.objects.create(username=by, action=action, kind=kind, name=name, at=at)

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        entity = _model(table)
        with transaction(gone=NotFound(table)), connection().cursor() as cursor:
            entity._default_manager.bulk_create(entity(**row) for row in rows)
            for statement in connection().ops.sequence_reset_sql(no_style(), [entity]):
                cursor.execute(statement)

    def unload(self, table: str, ids: Sequence[int]) -> None:
        with transaction(gone=NotFound(table)):
            _model(table)._default_manager.filter(id__in=ids).delete()

    def disconnect(self) -> None:
        connection().close()
        connection().close_pool()

    def _written(self, slug: str, viewer: model.User) -> model.Article:
        """An article as it stands after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def _model(table: str) -> Any:
    return next(each for each in apps.get_models() if each._meta.db_table == table)


def _page(
    filters: Mapping[str, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Ids first, then tags, then rows.

    An ORDER BY over joins would sort whole rows to keep twenty. And whoever deletes an article meanwhile takes its
    tags along: read after the rows, they would be missing from an article that is still shown.
    """
    matching = listing(**filters)
    ids = list(matching[offset : offset + limit])
    total = matching.count()
    if not ids:
        return [], total
    tags = _tags(ids)
    rows = {row[0]: row for row in previews_for(_id(viewer)).filter(id__in=ids)}
    return [_article(rows[id], tags[id], body=None) for id in ids if id in rows], total


def _tags(article_ids: Sequence[int]) -> Mapping[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in TAGS_OF.filter(article__in=article_ids):
        names[article_id].append(name)
    return names


def _set_tags(article_id: int, names: Sequence[str], created_at: datetime) -> None:
    """New tags are inserted in one order by everybody: two who wait for each other's would wait for ever."""
    if not names:
        return
    tags = Tag.objects.in_bulk(names, field_name="name")
    for name in sorted(set(names) - tags.keys()):
        tags[name], _ = Tag.objects.get_or_create(name=name)
    ArticleTag.objects.bulk_create(
        ArticleTag(article_id=article_id, tag=tags[name], position=position, created_at=created_at)
        for position, name in enumerate(names)
    )


def _article(row: Sequence[Any], tags: list[str], body: str | None) -> model.Article:
    id, slug, title, description, created_at, updated_at, favorited, favorites, *author = row[:13]
    return model.Article(
        id, slug, title, description, body, tags, created_at, updated_at, favorited, favorites, model.Profile(*author)
    )


def _comment(row: Sequence[Any]) -> model.Comment:
    id, body, created_at, updated_at, *author = row
    return model.Comment(id, body, created_at, updated_at, model.Profile(*author))


def _id(viewer: model.User | None) -> int | None:
    return viewer.id if viewer else None
