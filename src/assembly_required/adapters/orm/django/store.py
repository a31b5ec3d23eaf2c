"""The store, with Django's ORM.

*In Django* views and services work like this: ``Model.objects`` reads, an instance is changed and saved.

*Here* it is the same. ``select_related`` joins the author to an article, ``prefetch_related`` loads the tags of a whole
page with one statement, and ``annotate`` adds what depends on the viewer. A queryset is lazy: the query for the ids of
a page is sliced and becomes a subquery of the query for the rows. Offsets are counted in a narrow index this way, so
late pages stay fast. The instances are converted to the dataclasses of the blog.

*What it costs*: Django builds the SQL again for each query, and an object for each row. Filters by tag and by favorite
do not start from ``Article``, because only ``article_tags`` and ``favorites`` have an index that also sorts.

*Next*: :mod:`assembly_required.adapters.orm.django.rows`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.color import no_style
from django.db import Error
from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.db.transaction import atomic

from ....conduit import limits, model
from ....conduit.errors import LastStaff, NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_failure
from ...shared.turns import write_turn
from .models import Article, ArticleTag, Change, Comment, Favorite, Follow, Grant, Session, Tag, User
from .router import alias, connection
from .rows import DjangoRows


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit the changes made inside, or undo all of them.

    :param gone: raised if a row does not exist any more: the row that is read, or one that a foreign key refers to.
    :raises Taken: a unique constraint is violated.
    :raises Unavailable: the database cannot be reached or written at the moment.
    """
    try:
        with write_turn() as begun, atomic(using=alias()):
            begun()
            yield
    except ObjectDoesNotExist:
        raise gone from None
    except Error as error:
        if refusal := translate_failure(error, gone):
            raise refusal from error
        raise


class DjangoStore(DjangoRows):
    """The data of the blog, in the database of the current app."""

    models: Mapping[str, Any] = {each._meta.db_table: each for each in (User, Article, Comment, Change)}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            user = User.objects.create(username=username, email=email, password_hash=password_hash)
        return _user(user)

    def user(self, id: int) -> model.User | None:
        user = User.objects.filter(pk=id).first()
        return _user(user) if user else None

    def account(self, id: int) -> model.Account | None:
        user = User.objects.filter(pk=id).first()
        return _account(user) if user else None

    def find_account(self, email: str) -> model.Account | None:
        user = User.objects.filter(email=email).first()
        return _account(user) if user else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            row = User.objects.select_for_update().get(pk=user.id)
            _save(row, changes)
        return _user(row)

    def edit_and_sign_out(self, account: model.Account, changes: Mapping[str, Any]) -> model.User | None:
        user = account.user
        unchanged = User.objects.filter(pk=user.id, email=user.email, password_hash=account.password_hash)
        with transaction(gone=Unauthorized.invalid()):
            if not unchanged.update(**changes, token_generation=F("token_generation") + 1):
                return None
            Session.objects.filter(user=user.id).delete()
            return _user(User.objects.get(pk=user.id))

    def remove_user(self, user: model.User, staff: Collection[int] = ()) -> None:
        members = User.objects.filter(pk__in=staff).order_by("pk")
        with transaction(gone=Unauthorized.invalid()):
            if user.id in staff:  # does nothing on SQLite, where the transaction has locked the database
                list(members.select_for_update(no_key=True))
            User.objects.filter(pk=user.id).delete()
            if user.id in staff and not members.exists():
                raise LastStaff

    def add_session(self, session: model.Session) -> None:
        expired = Session.objects.filter(expires_at__lt=session.signed_in_at).order_by("expires_at").values("pk")
        with transaction(gone=Unauthorized.invalid()):
            Session.objects.filter(pk__in=expired[: limits.EXPIRED_SESSIONS]).delete()
            Session.objects.create(
                key_hash=session.key_hash,
                user_id=session.user.id,
                signed_in_at=session.signed_in_at,
                expires_at=session.expires_at,
            )

    def session(self, key_hash: str) -> model.Session | None:
        session = Session.objects.select_related("user").filter(key_hash=key_hash).first()
        return _session(session) if session else None

    def remove_session(self, key_hash: str) -> None:
        with transaction(gone=Unauthorized.invalid()):
            Session.objects.filter(key_hash=key_hash).delete()

    def remove_sessions(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            Session.objects.filter(user=user.id).delete()

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        user = User.objects.for_viewer(_id(viewer)).filter(username=username).first()
        return _profile(user, user.following) if user else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(grant.name for grant in Grant.objects.filter(user=user.id))

    def users_with_grants(self) -> list[int]:
        return list(Grant.objects.order_by("user_id").values_list("user_id", flat=True).distinct())

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.objects.bulk_create([Grant(user_id=user.id, name=name)], ignore_conflicts=True)

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.objects.filter(user=user.id, name=name).delete()

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            follow = Follow(follower_id=viewer.id, followed_id=profile.id)
            Follow.objects.bulk_create([follow], ignore_conflicts=True)

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            Follow.objects.filter(follower=viewer.id, followed=profile.id).delete()

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        try:
            return _load_article(viewer, slug=slug)
        except Article.DoesNotExist:
            return None

    def articles(
        self,
        viewer: model.User | None,
        tag: str | None,
        author: str | None,
        favorited: str | None,
        limit: int,
        offset: int,
    ) -> tuple[list[model.Article], int]:
        return _load_page(viewer, _find_article_ids(tag, author, favorited), limit, offset)

    def feed(self, viewer: model.User, limit: int, offset: int) -> tuple[list[model.Article], int]:
        articles = Article.objects.filter(author__followed_by__follower=viewer.id)
        return _load_page(viewer, articles.values("pk"), limit, offset)

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
            article.set_tags(tags)
            return _load_article(author, pk=article.pk)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            row = Article.objects.select_for_update().get(pk=article.id)
            _save(row, columns)
            if "tag_list" in changes:
                row.set_tags(changes["tag_list"])
            return _load_article(viewer, pk=article.id)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            Article.objects.filter(pk=article.id).delete()

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            favorite = Favorite(article_id=article.id, user_id=viewer.id, article_created_at=article.created_at)
            Favorite.objects.bulk_create([favorite], ignore_conflicts=True)
            return _load_article(viewer, pk=article.id)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            Favorite.objects.filter(article=article.id, user=viewer.id).delete()
            return _load_article(viewer, pk=article.id)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        comments = Comment.objects.for_viewer(_id(viewer)).filter(article=article.id)
        return [_comment(comment) for comment in comments]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        comment = Comment.objects.for_viewer(_id(viewer)).filter(article=article.id, pk=id).first()
        return _comment(comment) if comment else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        with transaction(gone=NotFound("article")):
            comment = Comment.objects.create(
                body=body, created_at=at, updated_at=at, article_id=article.id, author_id=author.id
            )
            return _comment(Comment.objects.for_viewer(author.id).get(pk=comment.pk))

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            Comment.objects.filter(pk=comment.id).delete()

    def tags(self) -> list[str]:
        return sorted(tag.name for tag in Tag.objects.in_use())

    def recent_tags(self, limit: int) -> list[str]:
        uses = ArticleTag.objects.order_by("-pk").values_list("tag__name", flat=True)[: limits.RECENT_USES]
        return list(dict.fromkeys(uses))[:limit]

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
            _model(table)._default_manager.filter(pk__in=ids).delete()

    def disconnect(self) -> None:
        connection().close()
        connection().close_pool()


def _model(table: str) -> Any:
    return next(each for each in apps.get_models() if each._meta.db_table == table)


def _save(row: Model, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=changes)


def _find_article_ids(tag: str | None, author: str | None, favorited: str | None) -> QuerySet[Any, Any]:
    """Return a query for the ids of the articles that match, newest first.

    The query starts from a table with an index in this order. A second filter is a subquery. With a join, SQLite could
    start from the tag and read all of its articles; a user has few.
    """
    matching: list[tuple[str, QuerySet[Any, Any]]] = []
    if favorited is not None:
        favorites = Favorite.objects.filter(user=_find_id(favorited))
        matching.append(("article", favorites.order_by("-article_created_at", "-article_id")))
    if author is not None:
        matching.append(("pk", Article.objects.filter(author=_find_id(author))))
    if tag is not None:
        taggings = ArticleTag.objects.filter(tag__name=tag)
        matching.append(("article", taggings.order_by("-created_at", "-article_id")))
    (id, rows), *others = matching or [("pk", Article.objects.all())]
    for other_id, other in others:
        rows = rows.filter(Exists(other.filter(**{other_id: OuterRef(id)})))
    return rows.values(id)


def _find_id(username: str) -> QuerySet[Any, Any]:
    """Return a query for the id of a user. As a subquery it is looked up once, before the articles."""
    return User.objects.filter(username=username).values("pk")[:1]  # "exact" takes only a query with one result


def _load_page(
    viewer: model.User | None, ids: QuerySet[Any, Any], limit: int, offset: int
) -> tuple[list[model.Article], int]:
    page = Article.objects.filter(pk__in=ids[offset : offset + limit])
    articles = _without_deleted(page.for_viewer(_id(viewer)).with_tags().defer("body"))
    return [_article(article, body=None) for article in articles], ids.count()


def _load_article(viewer: model.User | None, **lookup: Any) -> model.Article:
    """Return the article as the viewer sees it.

    :raises Article.DoesNotExist: there is no such article.
    """
    articles = _without_deleted(Article.objects.for_viewer(_id(viewer)).with_tags().filter(**lookup))
    if not articles:
        raise Article.DoesNotExist
    return _article(articles[0], body=articles[0].body)


def _without_deleted(articles: QuerySet[Article]) -> list[Article]:
    """Return the articles without those that were deleted before their tags were read.

    ``prefetch_related`` sends a second statement. If an article is deleted between the two, its tags are gone and it
    would look like an article without tags. So articles without tags are looked up again.
    """
    untagged = [article.pk for article in articles if not article.tags.all()]
    if not untagged:
        return list(articles)
    existing = Article.objects.only("pk").in_bulk(untagged)
    return [article for article in articles if article.tags.all() or article.pk in existing]


def _user(user: User) -> model.User:
    return model.User(user.pk, user.username, user.email, user.bio, user.image, user.token_generation)


def _account(user: User) -> model.Account:
    return model.Account(
        _user(user), user.password_hash, user.confirmed_email, user.previous_email, user.previous_email_until
    )


def _session(session: Session) -> model.Session:
    return model.Session(session.key_hash, _user(session.user), session.signed_in_at, session.expires_at)


def _profile(user: User, following: bool) -> model.Profile:
    return model.Profile(user.pk, user.username, user.bio, user.image, following)


def _article(article: Any, body: str | None) -> model.Article:
    return model.Article(
        id=article.pk,
        slug=article.slug,
        title=article.title,
        description=article.description,
        body=body,
        tag_list=[tag.name for tag in article.tags.all()],
        created_at=article.created_at,
        updated_at=article.updated_at,
        favorited=article.favorited,
        favorites_count=article.favorites_count,
        author=_profile(article.author, article.following),
    )


def _comment(comment: Any) -> model.Comment:
    return model.Comment(
        id=comment.pk,
        body=comment.body,
        created_at=comment.created_at,
        updated_at=comment.updated_at,
        author=_profile(comment.author, comment.following),
    )


def _id(viewer: model.User | None) -> int | None:
    return viewer.id if viewer else None
