"""The store in peewee: active record.

*In Django* a model saves itself (``article.save()``, ``Article.objects.create(...)``). A ``QuerySet`` names joins with
double underscores (``filter(author__username="ana")``), counts with ``annotate`` and loads relations with
``select_related`` and ``prefetch_related``.

*Here* a model saves itself too (``Article.create(...)``, ``article.save(only=...)``). A query is SQL in Python:
``select``, ``join`` and ``where``, with operators between fields (``User.username == "ana"``). Each method returns a
changed copy, so a query is composed step by step. A selected model becomes an instance: ``Article.select(...,
User.username).join(User)`` fills ``article.author``, and an expression with an ``alias`` becomes an attribute.
``with_related`` loads a collection with one more statement. It is the newer form of ``prefetch``: ``MATERIALIZE``
selects the collection by the ids that the first statement returned; ``prefetch`` would run that statement again.

*What it costs*: SQL is generated for each call, and each row becomes two or more instances. Outside ``atomic()`` each
statement stands alone, so two statements may see different data.

*Next*: :mod:`assembly_required.adapters.orm.django`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from peewee import PREFETCH_TYPE, SQL, Load, ModelSelect, PeeweeException, fn
from playhouse.pool import MaxConnectionsExceeded

from ....conduit import limits, model
from ....conduit.errors import LastStaff, NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_failure
from ...shared.postgresql import advance
from ...shared.turns import write_turn
from .models import Article, ArticleTag, Base, Change, Comment, Favorite, Follow, Grant, Session, Tag, User, database

COUNT = fn.COUNT(SQL("*"))  # query.count() counts a subquery: 180 µs for 20,000 articles on SQLite, instead of 7
PREVIEW = (Article.id, Article.slug, Article.title, Article.description, Article.created_at, Article.updated_at)


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit the statements of the block, or roll them back after an error.

    :param gone: raised if a foreign key is violated, because the other row has been deleted.
    :raises Taken: a unique constraint is violated.
    :raises Unavailable: the database cannot be reached or written at the moment.
    """
    try:
        with write_turn() as begun, database.atomic():
            begun()
            yield
    except (PeeweeException, MaxConnectionsExceeded) as error:
        if refusal := translate_failure(error, gone):
            raise refusal from error
        raise


class PeeweeStore:
    """The store in the database of the current app."""

    models: Mapping[str, Any] = {each._meta.table_name: each for each in (User, Article, Comment, Change)}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            return to_user(User.create(username=username, email=email, password_hash=password_hash))

    def user(self, id: int) -> model.User | None:
        user = User.get_or_none(User.id == id)
        return to_user(user) if user else None

    def account(self, id: int) -> model.Account | None:
        user = User.get_or_none(User.id == id)
        return to_account(user) if user else None

    def find_account(self, email: str) -> model.Account | None:
        user = User.get_or_none(User.email == email)
        return to_account(user) if user else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            if changes:
                User(id=user.id, **changes).save(only=changes)
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def edit_and_sign_out(self, account: model.Account, changes: Mapping[str, Any]) -> model.User | None:
        edit = User.update(**changes, token_generation=User.token_generation + 1).where(
            User.id == account.user.id,
            User.email == account.user.email,
            User.password_hash == account.password_hash,
        )
        with transaction(gone=Unauthorized.invalid()):
            if not edit.execute():
                return None
            Session.delete().where(Session.user == account.user.id).execute()
            return self.user(account.user.id)

    def remove_user(self, user: model.User, staff: Collection[int] = ()) -> None:
        members = User.select(User.id).where(User.id.in_(staff)).order_by(User.id)
        with transaction(gone=Unauthorized.invalid()):
            if user.id in staff and database.for_update:  # on SQLite the transaction has locked the database
                members.for_update("FOR NO KEY UPDATE").execute()  # type: ignore[arg-type]
            User.delete_by_id(user.id)
            if user.id in staff and not members.exists():
                raise LastStaff

    def add_session(self, session: model.Session) -> None:
        expired = (
            Session.select(Session.id)
            .where(Session.expires_at < session.signed_in_at)
            .order_by(Session.expires_at)
            .limit(limits.EXPIRED_SESSIONS)
        )
        with transaction(gone=Unauthorized.invalid()):
            Session.delete().where(Session.id.in_(expired)).execute()
            Session.create(
                key_hash=session.key_hash,
                user=session.user.id,
                signed_in_at=session.signed_in_at,
                expires_at=session.expires_at,
            )

    def session(self, key_hash: str) -> model.Session | None:
        session = Session.select(Session, User).join(User).where(Session.key_hash == key_hash).get_or_none()
        return to_session(session) if session else None

    def remove_session(self, key_hash: str) -> None:
        with transaction(gone=Unauthorized.invalid()):
            Session.delete().where(Session.key_hash == key_hash).execute()

    def remove_sessions(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            Session.delete().where(Session.user == user.id).execute()

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        user = User.select(*_author(viewer)).where(User.username == username).get_or_none()
        return to_profile(user) if user else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(grant.name for grant in Grant.select(Grant.name).where(Grant.user == user.id))

    def users_with_grants(self) -> list[int]:
        grants = Grant.select(Grant.user).distinct().order_by(Grant.user)
        return [grant.user_id for grant in grants]  # type: ignore[attr-defined]

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.insert(user=user.id, name=name).on_conflict(action="nothing").execute()

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            Grant.delete().where(Grant.user == user.id, Grant.name == name).execute()

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            Follow.insert(follower=viewer.id, followed=profile.id).on_conflict(action="nothing").execute()

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            Follow.delete().where(Follow.follower == viewer.id, Follow.followed == profile.id).execute()

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        query = select_articles(viewer).select_extend(Article.body).where(Article.slug == slug)
        articles = load_articles(query)
        return articles[0] if articles else None

    def articles(
        self,
        viewer: model.User | None,
        tag: str | None,
        author: str | None,
        favorited: str | None,
        limit: int,
        offset: int,
    ) -> tuple[list[model.Article], int]:
        return load_page(*select_matching(tag, author, favorited), viewer, limit, offset)

    def feed(self, viewer: model.User, limit: int, offset: int) -> tuple[list[model.Article], int]:
        followed = (
            Article.select(Article.id)
            .join(Follow, on=(Follow.followed == Article.author))
            .where(Follow.follower == viewer.id)
        )
        return load_page(followed, (Article.created_at.desc(), Article.id.desc()), viewer, limit, offset)

    def publish(
        self, author: model.User, slug: str, title: str, description: str, body: str, tags: Sequence[str], at: datetime
    ) -> model.Article:
        with transaction(gone=Unauthorized.invalid()):
            article = Article.create(
                slug=slug,
                title=title,
                description=description,
                body=body,
                created_at=at,
                updated_at=at,
                author=author.id,
            )
            _add_tags(article, tags)
        return self._read(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        row = Article(id=article.id, created_at=article.created_at, **columns)
        with transaction(gone=NotFound("article")):
            row.save(only=columns)
            if "tag_list" in changes:
                ArticleTag.delete().where(ArticleTag.article == row).execute()
                _add_tags(row, changes["tag_list"])
        return self._read(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            Article.delete_by_id(article.id)

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            row = Favorite.insert(article=article.id, user=viewer.id, article_created_at=article.created_at)
            row.on_conflict(action="nothing").execute()
        return self._read(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            Favorite.delete().where(Favorite.article == article.id, Favorite.user == viewer.id).execute()
        return self._read(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        return [to_comment(comment) for comment in select_comments(article.id, viewer).order_by(Comment.id)]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        comment = select_comments(article.id, viewer).where(Comment.id == id).get_or_none()
        return to_comment(comment) if comment else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        with transaction(gone=NotFound("article")):
            row = Comment.create(body=body, created_at=at, updated_at=at, article=article.id, author=author.id)
        comment = self.comment(article, row.id, author)
        if comment is None:
            raise NotFound("article")
        return comment

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            Comment.delete_by_id(comment.id)

    def tags(self) -> list[str]:
        return sorted(tag.name for tag in select_tags())

    def recent_tags(self, limit: int) -> list[str]:
        uses = (
            ArticleTag.select(ArticleTag.id, Tag.name)
            .join(Tag)
            .order_by(ArticleTag.id.desc())
            .limit(limits.RECENT_USES)
        )
        return list(dict.fromkeys(use.tag.name for use in uses))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")):
            Change.create(username=by, action=action, kind=kind, name=name, at=at)

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with transaction(gone=NotFound(table)):
            _model(table).insert_many(rows).execute()
            if database.sequences:
                database.execute_sql(advance(table))

    def unload(self, table: str, ids: Sequence[int]) -> None:
        rows = _model(table)
        with transaction(gone=NotFound(table)):
            rows.delete().where(rows.id.in_(ids)).execute()

    def disconnect(self) -> None:
        database.close()
        database.close_idle()

    def _read(self, slug: str, viewer: model.User) -> model.Article:
        """Return an article after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def select_articles(viewer: model.User | None) -> ModelSelect[Any]:
    """Select articles without their bodies, with their authors, and with what depends on the viewer."""
    favorites = Favorite.select(COUNT).where(Favorite.article == Article.id)
    favorited = Favorite.select(Favorite.id).where(Favorite.article == Article.id, Favorite.user == _id(viewer))
    return Article.select(
        *PREVIEW,
        favorites.alias("favorites_count"),
        fn.EXISTS(favorited).alias("favorited"),
        *_author(viewer),
    ).join(User)


def select_comments(article_id: int, viewer: model.User | None) -> ModelSelect[Any]:
    """Select the comments on an article with their authors."""
    return (
        Comment.select(Comment.id, Comment.body, Comment.created_at, Comment.updated_at, *_author(viewer))
        .join(User)
        .where(Comment.article == article_id)
    )


def select_tags() -> ModelSelect[Any]:
    """Select the tags that an article has."""
    uses = ArticleTag.select(ArticleTag.id).where(ArticleTag.tag == Tag.id)
    return Tag.select(Tag.name).where(fn.EXISTS(uses))


def select_matching(
    tag: str | None = None, author: str | None = None, favorited: str | None = None
) -> tuple[ModelSelect[Any], tuple[Any, Any]]:
    """Select the ids of the articles that match all filters, and return the order of the newest first with it.

    The query starts from a table with an index in this order, so a page takes the same time in a large table. A second
    filter is a subquery. With a join, SQLite could start from the tag and read all of its articles; a user has few.
    """
    query: ModelSelect[Any]
    matching: list[tuple[ModelSelect[Any], Any, Any]] = []
    if favorited is not None:
        query = Favorite.select(Favorite.article.alias("id")).where(Favorite.user == find_id(favorited))
        matching.append((query, Favorite.article, Favorite.article_created_at))
    if author is not None:
        query = Article.select(Article.id).where(Article.author == find_id(author))
        matching.append((query, Article.id, Article.created_at))
    if tag is not None:
        query = ArticleTag.select(ArticleTag.article.alias("id")).join(Tag).where(Tag.name == tag)
        matching.append((query, ArticleTag.article, ArticleTag.created_at))
    (query, article, created_at), *others = matching or [(Article.select(Article.id), Article.id, Article.created_at)]
    for other, other_article, _ in others:
        query = query.where(fn.EXISTS(other.where(other_article == article)))
    return query, (created_at.desc(), article.desc())


def find_id(username: str) -> ModelSelect[Any]:
    """Select the id of a user. As a subquery it is looked up once, before the articles."""
    return User.select(User.id).where(User.username == username)


def load_page(
    matching: ModelSelect[Any], newest: tuple[Any, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Load one page, and count all that match.

    The ids of the page are a subquery, so that the database does not read and sort whole rows to skip most of them.
    """
    page = matching.order_by(*newest).limit(limit).offset(offset).alias("page")
    articles = (
        select_articles(viewer)
        .join_from(Article, page, on=(Article.id == page.c.id))
        .order_by(Article.created_at.desc(), Article.id.desc())
    )
    return load_articles(articles), matching.select(COUNT).scalar()


def load_articles(query: ModelSelect[Any]) -> list[model.Article]:
    """Run the query, and load the tags of all its articles with one more statement."""
    tags = ArticleTag.select(ArticleTag.article, Tag.name).join(Tag).order_by(ArticleTag.position)
    articles = list(query.with_related(Load(Article.tags, tags, strategy=PREFETCH_TYPE.MATERIALIZE)))
    # Another request may delete an article between the two statements, and its tags with it. Such an article must not
    # be shown without its tags, so those that have none are looked up once more.
    untagged = [article.id for article in articles if not article.tags]
    if untagged:
        there = {article.id for article in Article.select(Article.id).where(Article.id.in_(untagged))}
        articles = [article for article in articles if article.tags or article.id in there]
    return [to_article(article) for article in articles]


def _author(viewer: model.User | None) -> tuple[Any, ...]:
    """Return the columns of a profile."""
    follows = Follow.select(Follow.id).where(Follow.follower == _id(viewer), Follow.followed == User.id)
    return User.id, User.username, User.bio, User.image, fn.EXISTS(follows).alias("following").bind_to(User)


def _add_tags(article: Article, names: Sequence[str]) -> None:
    """Add tags. New ones are inserted in sorted order, otherwise two requests could wait for each other's tags."""
    if not names:
        return
    # on_conflict_ignore() is INSERT OR IGNORE on SQLite, which also skips rows that violate a check.
    Tag.insert_many([{"name": name} for name in sorted(names)]).on_conflict(action="nothing").execute()
    tags = {tag.name: tag for tag in Tag.select().where(Tag.name.in_(names))}
    ArticleTag.insert_many(
        {"article": article, "tag": tags[name], "position": position, "created_at": article.created_at}
        for position, name in enumerate(names)
    ).execute()


def _model(table: str) -> type[Base]:
    return next(each for each in Base.__subclasses__() if each._meta.table_name == table)


def to_user(user: User) -> model.User:
    return model.User(user.id, user.username, user.email, user.bio, user.image, user.token_generation)


def to_account(user: User) -> model.Account:
    return model.Account(
        to_user(user), user.password_hash, user.confirmed_email, user.previous_email, user.previous_email_until
    )


def to_session(session: Session) -> model.Session:
    return model.Session(session.key_hash, to_user(session.user), session.signed_in_at, session.expires_at)


def to_profile(user: User) -> model.Profile:
    return model.Profile(user.id, user.username, user.bio, user.image, bool(user.following))


def to_article(article: Article) -> model.Article:
    return model.Article(
        id=article.id,
        slug=article.slug,
        title=article.title,
        description=article.description,
        body=article.body,
        tag_list=[each.tag.name for each in article.tags],
        created_at=article.created_at,
        updated_at=article.updated_at,
        favorited=bool(article.favorited),
        favorites_count=article.favorites_count,
        author=to_profile(article.author),
    )


def to_comment(comment: Comment) -> model.Comment:
    author = to_profile(comment.author)
    return model.Comment(comment.id, comment.body, comment.created_at, comment.updated_at, author)


def _id(viewer: model.User | None) -> int | None:
    return viewer.id if viewer else None
