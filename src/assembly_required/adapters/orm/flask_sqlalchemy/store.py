"""The store's verbs in SQLAlchemy: a data mapper.

*In Django* a model saves itself (``article.save()``) and its manager queries (``Article.objects.filter``): active
record.

*Here* objects know nothing of the database; a session collects them and writes them when it commits
(``session.add(...)``), and reading is a statement that looks like SQL (``select(...)``). The session is
Flask-SQLAlchemy's ``db.session``: one for each request, given back when the request ends. Reads name the columns they
want instead of loading entities, and the statements are built when this module is imported, not for each request:
together that is four times faster than the tutorial way.

*What it costs*: to build statements once, their variable parts are ``bindparam``\\ s, and the list needs one for each
combination of filters.

*Next*: :mod:`assembly_required.adapters.orm.peewee`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy
from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, exists, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import QueryableAttribute

from ....conduit import limits, model
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_violation
from ...shared.postgresql import advance
from .models import Article, ArticleTag, Base, Change, Comment, Favorite, Follow, Grant, Tag, User, db

VIEWER: BindParameter[int] = bindparam("viewer")
IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)

FOLLOWING = exists().where(Follow.follower_id == VIEWER, Follow.followed_id == User.id)
FAVORITED = exists().where(Favorite.user_id == VIEWER, Favorite.article_id == Article.id)
FAVORITES = select(func.count()).where(Favorite.article_id == Article.id).scalar_subquery()

USERS = select(User.id, User.username, User.email, User.bio, User.image)
USER = USERS.where(User.id == bindparam("id"))
ACCOUNTS = USERS.add_columns(User.password_hash, User.confirmed_email)
ACCOUNT = ACCOUNTS.where(User.id == bindparam("id"))
ACCOUNT_OF = ACCOUNTS.where(User.email == bindparam("email"))
GRANTS = select(Grant.name).where(Grant.user_id == bindparam("id"))

AUTHOR = (User.id, User.username, User.bio, User.image, FOLLOWING)
PROFILE = select(*AUTHOR).where(User.username == bindparam("username"))

DATES = (Article.created_at, Article.updated_at)
PREVIEWS = (
    select(Article.id, Article.slug, Article.title, Article.description, *DATES, FAVORITED, FAVORITES, *AUTHOR)
    .join(Article.author)
    .where(Article.id.in_(IDS))
)
ARTICLE = (
    select(Article.id, Article.slug, Article.title, Article.description, *DATES, FAVORITED, FAVORITES, *AUTHOR)
    .add_columns(Article.body)
    .join(Article.author)
    .where(Article.id == bindparam("id"))
)
SLUG = (
    select(Article.id, Tag.name)
    .outerjoin(Article.tags)
    .outerjoin(ArticleTag.tag)
    .where(Article.slug == bindparam("slug"))
    .order_by(ArticleTag.position)
)
TAGS_OF = (
    select(ArticleTag.article_id, Tag.name)
    .join(ArticleTag.tag)
    .where(ArticleTag.article_id.in_(IDS))
    .order_by(ArticleTag.article_id, ArticleTag.position)
)
TAGS = select(Tag.name).where(exists().where(ArticleTag.tag_id == Tag.id))
RECENT_TAGS = (
    select(Tag.name)
    .join(ArticleTag, ArticleTag.tag_id == Tag.id)
    .order_by(ArticleTag.id.desc())
    .limit(limits.RECENT_USES)
)

COMMENTS = (
    select(Comment.id, Comment.body, Comment.created_at, Comment.updated_at, *AUTHOR)
    .join(Comment.author)
    .where(Comment.article_id == bindparam("article"))
    .order_by(Comment.id)
)
COMMENT = COMMENTS.where(Comment.id == bindparam("id"))

SOURCES: dict[str, tuple[QueryableAttribute[int], QueryableAttribute[datetime], Select[Any]]] = {
    "tag": (
        ArticleTag.article_id,
        ArticleTag.created_at,
        select(ArticleTag.article_id).join(ArticleTag.tag).where(Tag.name == bindparam("tag")),
    ),
    "favorited": (
        Favorite.article_id,
        Favorite.article_created_at,
        select(Favorite.article_id).join(Favorite.user).where(User.username == bindparam("favorited")),
    ),
}
FILTERS: dict[str, ColumnElement[bool]] = {
    "author": Article.author_id == select(User.id).where(User.username == bindparam("author")).scalar_subquery(),
    "favorited": Article.id.in_(SOURCES["favorited"][2]),
    "feed": Article.author_id.in_(select(Follow.followed_id).where(Follow.follower_id == bindparam("feed"))),
}


@cache
def listing(*filters: str) -> tuple[Select[Any], Select[Any]]:
    """The statements for the ids of a page and for how many articles match; one pair for each set of filters.

    With a tag they start from ``article_tags``, for somebody's favorites from ``favorites``: one index of each holds
    all that they need. The articles are taken in only where another filter asks for them.
    """
    source = next((name for name in SOURCES if name in filters), "")
    others = [FILTERS[name] for name in filters if name != source]
    id, created_at, ids = SOURCES.get(source, (Article.id, Article.created_at, select(Article.id)))
    if source and others:
        ids = ids.join(Article, Article.id == id)
    ids = ids.where(*others)
    page = ids.order_by(created_at.desc(), id.desc()).limit(bindparam("limit")).offset(bindparam("offset"))
    return page, ids.with_only_columns(func.count(), maintain_column_froms=True)


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit what was done inside, or undo it.

    :param gone: what it means when a row that was to be referred to is not there any more.
    :raises Taken: a unique constraint names the column.
    """
    try:
        yield
        db.session.commit()
    except BaseException as error:
        db.session.rollback()
        if refusal := translate_violation(error, gone):
            raise refusal from error
        raise


class FlaskSQLAlchemyStore:
    """The blog's memory in SQLAlchemy, in the session of the app that is at work."""

    models: Mapping[str, Any] = {each.__tablename__: each for each in (User, Article, Comment, Change)}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        user = User(username=username, email=email, password_hash=password_hash)
        with transaction(gone=Unauthorized.invalid()):
            db.session.add(user)
        return model.User(user.id, username, email, bio=None, image=None)

    def user(self, id: int) -> model.User | None:
        row = db.session.execute(USER, {"id": id}).first()
        return model.User(*row) if row else None

    def account(self, id: int) -> model.Account | None:
        row = db.session.execute(ACCOUNT, {"id": id}).first()
        return model.Account(model.User(*row[:5]), *row[5:]) if row else None

    def find_account(self, email: str) -> model.Account | None:
        row = db.session.execute(ACCOUNT_OF, {"email": email}).first()
        return model.Account(model.User(*row[:5]), *row[5:]) if row else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            if changes:
                db.session.execute(update(User).where(User.id == user.id).values(**changes))
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def remove_user(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            db.session.execute(delete(User).where(User.id == user.id))

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        row = db.session.execute(PROFILE, {"username": username, "viewer": _id(viewer)}).first()
        return model.Profile(*row) if row else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(db.session.scalars(GRANTS, {"id": user.id}))

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.execute(insert(Grant, {"user_id": user.id, "name": name}))

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.execute(delete(Grant).where(Grant.user_id == user.id, Grant.name == name))

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = {"follower_id": viewer.id, "followed_id": profile.id}
            db.session.execute(insert(Follow, pair))

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = Follow.follower_id == viewer.id, Follow.followed_id == profile.id
            db.session.execute(delete(Follow).where(*pair))

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        tags = db.session.execute(SLUG, {"slug": slug}).all()
        row = db.session.execute(ARTICLE, {"id": tags[0].id, "viewer": _id(viewer)}).first() if tags else None
        return _article(row, [tag.name for tag in tags if tag.name], body=row.body) if row else None

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
        article = Article(
            slug=slug,
            title=title,
            description=description,
            body=body,
            created_at=at,
            updated_at=at,
            author_id=author.id,
        )
        with transaction(gone=Unauthorized.invalid()):
            db.session.add(article)
            db.session.flush()
            _set_tags(article.id, tags, at)
        return self._written(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            db.session.execute(update(Article).where(Article.id == article.id).values(**columns))
            if "tag_list" in changes:
                db.session.execute(delete(ArticleTag).where(ArticleTag.article_id == article.id))
                _set_tags(article.id, changes["tag_list"], article.created_at)
        return self._written(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            db.session.execute(delete(Article).where(Article.id == article.id))

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = {"article_id": article.id, "user_id": viewer.id, "article_created_at": article.created_at}
            db.session.execute(insert(Favorite, pair))
        return self._written(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = Favorite.article_id == article.id, Favorite.user_id == viewer.id
            db.session.execute(delete(Favorite).where(*pair))
        return self._written(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        rows = db.session.execute(COMMENTS, {"article": article.id, "viewer": _id(viewer)})
        return [_comment(row) for row in rows]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        row = db.session.execute(COMMENT, {"article": article.id, "id": id, "viewer": _id(viewer)}).first()
        return _comment(row) if row else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        comment = Comment(body=body, created_at=at, updated_at=at, article_id=article.id, author_id=author.id)
        with transaction(gone=NotFound("article")):
            db.session.add(comment)
        written = self.comment(article, comment.id, author)
        if written is None:
            raise NotFound("article")
        return written

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            db.session.execute(delete(Comment).where(Comment.id == comment.id))

    def tags(self) -> list[str]:
        return sorted(db.session.scalars(TAGS))

    def recent_tags(self, limit: int) -> list[str]:
        return list(dict.fromkeys(db.session.scalars(RECENT_TAGS)))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.add(Change(username=by, action=action, kind=kind, name=name, at=at))

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with transaction(gone=NotFound(table)):
            db.session.execute(sqlalchemy.insert(Base.metadata.tables[table]), list(rows))
            if _dialect() == "postgresql":
                db.session.execute(text(advance(table)))

    def unload(self, table: str, ids: Sequence[int]) -> None:
        rows = Base.metadata.tables[table]
        with transaction(gone=NotFound(table)):
            db.session.execute(delete(rows).where(rows.c.id.in_(ids)))

    def disconnect(self) -> None:
        db.session.remove()
        db.engine.dispose()

    def _written(self, slug: str, viewer: model.User) -> model.Article:
        """An article as it stands after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def insert(model: type[Base], *rows: Mapping[str, Any]) -> Any:
    """An INSERT that leaves out what is there already; SQLAlchemy has one for each database that can."""
    statement: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[_dialect()]
    return statement(model).values(rows).on_conflict_do_nothing()


def _dialect() -> str:
    return db.session.get_bind().dialect.name


def _page(
    filters: Mapping[str, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Ids first, then tags, then rows.

    An ORDER BY over joins would sort whole rows to keep twenty. And whoever deletes an article meanwhile takes its
    tags along: read after the rows, they would be missing from an article that is still shown.
    """
    page, count = listing(*filters)
    ids = db.session.scalars(page, {**filters, "limit": limit, "offset": offset}).all()
    total = db.session.scalar(count, dict(filters)) or 0
    if not ids:
        return [], total
    tags = _tags(ids)
    rows = {row.id: row for row in db.session.execute(PREVIEWS, {"ids": ids, "viewer": _id(viewer)})}
    return [_article(rows[id], tags[id], body=None) for id in ids if id in rows], total


def _tags(article_ids: Sequence[int]) -> Mapping[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in db.session.execute(TAGS_OF, {"ids": article_ids}):
        names[article_id].append(name)
    return names


def _set_tags(article_id: int, names: Sequence[str], created_at: datetime) -> None:
    """New tags are inserted in one order by everybody: two who wait for each other's would wait for ever."""
    if not names:
        return
    db.session.execute(insert(Tag, *({"name": name} for name in sorted(names))))
    ids = {name: id for id, name in db.session.execute(select(Tag.id, Tag.name).where(Tag.name.in_(names)))}
    db.session.add_all(
        ArticleTag(article_id=article_id, tag_id=ids[name], position=position, created_at=created_at)
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
