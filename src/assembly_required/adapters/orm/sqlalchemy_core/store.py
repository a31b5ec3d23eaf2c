"""The store, with SQLAlchemy's query builder.

*In Django* ``values_list`` comes closest: rows instead of instances.

*Here* a read executes a statement of :mod:`assembly_required.adapters.orm.sqlalchemy_core.statements` and unpacks its
rows into dataclasses: its columns have the order of the fields. Writes are ``insert``, ``update`` and ``delete`` of a
table.

*What it costs*: nothing is loaded on demand and nothing is written by itself, so each use case spells out its
statements.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core.rows`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from ....conduit import limits, model
from ....conduit.errors import LastStaff, NotFound, Unauthorized
from ...shared.postgresql import advance
from .connections import close_connection, current_connection, current_engine, transaction
from .rows import CoreRows
from .statements import (
    ACCOUNT,
    ACCOUNT_BY_EMAIL,
    ARTICLE,
    COMMENT,
    COMMENTS,
    GRANTS,
    PREVIEWS,
    PROFILE,
    RECENT_TAGS,
    SESSION,
    SLUG,
    TAGS,
    USER,
    USER_COLUMNS,
    select_page,
)
from .tables import (
    article_tags,
    articles,
    changes,
    comments,
    favorites,
    follows,
    grants,
    metadata,
    sessions,
    tags,
    users,
)


class CoreStore(CoreRows):
    """The data of the blog, on the connection of the current application context."""

    models: Mapping[str, Any] = {}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        user = {"username": username, "email": email, "password_hash": password_hash}
        with transaction(gone=Unauthorized.invalid()) as connection:
            id = insert_row(connection, users, user)
        return model.User(id, username, email, bio=None, image=None, token_generation=0)

    def user(self, id: int) -> model.User | None:
        row = current_connection().execute(USER, {"id": id}).first()
        return model.User(*row) if row else None

    def account(self, id: int) -> model.Account | None:
        row = current_connection().execute(ACCOUNT, {"id": id}).first()
        return _account(row) if row else None

    def find_account(self, email: str) -> model.Account | None:
        row = current_connection().execute(ACCOUNT_BY_EMAIL, {"email": email}).first()
        return _account(row) if row else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()) as connection:
            if changes:
                connection.execute(update(users).where(users.c.id == user.id).values(**changes))
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def edit_and_sign_out(self, account: model.Account, changes: Mapping[str, Any]) -> model.User | None:
        unchanged = (
            users.c.id == account.user.id,
            users.c.email == account.user.email,
            users.c.password_hash == account.password_hash,
        )
        raised = {**changes, "token_generation": users.c.token_generation + 1}
        with transaction(gone=Unauthorized.invalid()) as connection:
            edited = connection.execute(update(users).where(*unchanged).values(raised).returning(*USER_COLUMNS)).first()
            if edited is None:
                return None
            connection.execute(delete(sessions).where(sessions.c.user_id == edited.id))
        return model.User(*edited)

    def remove_user(self, user: model.User, staff: Collection[int] = ()) -> None:
        members = users.c.id.in_(staff)
        with transaction(gone=Unauthorized.invalid()) as connection:
            if user.id in staff:  # on SQLite the transaction has locked the database
                connection.execute(
                    select(users.c.id).where(members).order_by(users.c.id).with_for_update(key_share=True)
                )
            connection.execute(delete(users).where(users.c.id == user.id))
            if user.id in staff and not connection.scalar(select(exists().where(members))):
                raise LastStaff

    def add_session(self, session: model.Session) -> None:
        expired = (
            select(sessions.c.id)
            .where(sessions.c.expires_at < session.signed_in_at)
            .order_by(sessions.c.expires_at)
            .limit(limits.EXPIRED_SESSIONS)
        )
        row = {
            "key_hash": session.key_hash,
            "user_id": session.user.id,
            "signed_in_at": session.signed_in_at,
            "expires_at": session.expires_at,
        }
        with transaction(gone=Unauthorized.invalid()) as connection:
            connection.execute(delete(sessions).where(sessions.c.id.in_(expired)))
            connection.execute(insert(sessions), row)

    def session(self, key_hash: str) -> model.Session | None:
        row = current_connection().execute(SESSION, {"key_hash": key_hash}).first()
        return _session(key_hash, row) if row else None

    def remove_session(self, key_hash: str) -> None:
        with transaction(gone=Unauthorized.invalid()) as connection:
            connection.execute(delete(sessions).where(sessions.c.key_hash == key_hash))

    def remove_sessions(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()) as connection:
            connection.execute(delete(sessions).where(sessions.c.user_id == user.id))

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        row = current_connection().execute(PROFILE, {"username": username, "viewer": _id(viewer)}).first()
        return model.Profile(*row) if row else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(current_connection().scalars(GRANTS, {"id": user.id}))

    def users_with_grants(self) -> list[int]:
        statement = select(grants.c.user_id).distinct().order_by(grants.c.user_id)
        return list(current_connection().scalars(statement))

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")) as connection:
            insert_missing(connection, grants, {"user_id": user.id, "name": name})

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")) as connection:
            connection.execute(delete(grants).where(grants.c.user_id == user.id, grants.c.name == name))

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")) as connection:
            insert_missing(connection, follows, {"follower_id": viewer.id, "followed_id": profile.id})

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")) as connection:
            pair = follows.c.follower_id == viewer.id, follows.c.followed_id == profile.id
            connection.execute(delete(follows).where(*pair))

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        connection = current_connection()
        tags = connection.execute(SLUG, {"slug": slug}).all()
        row = connection.execute(ARTICLE, {"id": tags[0].id, "viewer": _id(viewer)}).first() if tags else None
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
        article = {
            "slug": slug,
            "title": title,
            "description": description,
            "body": body,
            "created_at": at,
            "updated_at": at,
            "author_id": author.id,
        }
        with transaction(gone=Unauthorized.invalid()) as connection:
            _set_tags(connection, insert_row(connection, articles, article), tags, at)
        return self._written(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")) as connection:
            connection.execute(update(articles).where(articles.c.id == article.id).values(**columns))
            if "tag_list" in changes:
                connection.execute(delete(article_tags).where(article_tags.c.article_id == article.id))
                _set_tags(connection, article.id, changes["tag_list"], article.created_at)
        return self._written(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")) as connection:
            connection.execute(delete(articles).where(articles.c.id == article.id))

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")) as connection:
            pair = {"article_id": article.id, "user_id": viewer.id, "article_created_at": article.created_at}
            insert_missing(connection, favorites, pair)
        return self._written(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")) as connection:
            pair = favorites.c.article_id == article.id, favorites.c.user_id == viewer.id
            connection.execute(delete(favorites).where(*pair))
        return self._written(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        rows = current_connection().execute(COMMENTS, {"article": article.id, "viewer": _id(viewer)})
        return [_comment(row) for row in rows]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        row = current_connection().execute(COMMENT, {"article": article.id, "id": id, "viewer": _id(viewer)}).first()
        return _comment(row) if row else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        comment = {
            "body": body,
            "created_at": at,
            "updated_at": at,
            "article_id": article.id,
            "author_id": author.id,
        }
        with transaction(gone=NotFound("article")) as connection:
            id = insert_row(connection, comments, comment)
        written = self.comment(article, id, author)
        if written is None:
            raise NotFound("article")
        return written

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")) as connection:
            connection.execute(delete(comments).where(comments.c.id == comment.id))

    def tags(self) -> list[str]:
        return sorted(current_connection().scalars(TAGS))

    def recent_tags(self, limit: int) -> list[str]:
        return list(dict.fromkeys(current_connection().scalars(RECENT_TAGS)))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")) as connection:
            connection.execute(
                insert(changes), {"username": by, "action": action, "kind": kind, "name": name, "at": at}
            )

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with transaction(gone=NotFound(table)) as connection:
            connection.execute(insert(metadata.tables[table]), list(rows))
            if connection.dialect.name == "postgresql":
                connection.execute(text(advance(table)))

    def unload(self, table: str, ids: Sequence[int]) -> None:
        rows = metadata.tables[table]
        with transaction(gone=NotFound(table)) as connection:
            connection.execute(delete(rows).where(rows.c.id.in_(ids)))

    def disconnect(self) -> None:
        close_connection()
        current_engine().dispose()

    def _written(self, slug: str, viewer: model.User) -> model.Article:
        """Return an article as it is after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and return its id."""
    id: int = connection.execute(insert(table).returning(table.c.id), row).scalar_one()
    return id


def insert_missing(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> None:
    """Insert rows, except those that are there already. Only the dialects have this INSERT."""
    dialect: Any = {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name]
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _page(
    filters: Mapping[str, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Select ids with tags first, then articles.

    An ORDER BY over all joins would sort whole rows to keep twenty of them. Deleting an article deletes its tags, so if
    the tags were read after the articles, a deleted article could be returned without its tags.
    """
    connection = current_connection()
    page, count = select_page(*filters)
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for id, tag in connection.execute(page, {**filters, "limit": limit, "offset": offset}):
        tags[id] += [tag] if tag else []
    total = connection.scalar(count, filters) or 0
    if not tags:
        return [], total
    rows = {row[0]: row for row in connection.execute(PREVIEWS, {"ids": list(tags), "viewer": _id(viewer)})}
    return [_article(rows[id], tags[id], body=None) for id in tags if id in rows], total


def _set_tags(connection: Connection, article_id: int, names: Sequence[str], created_at: datetime) -> None:
    """Insert the tags of an article. All requests insert new tags in the same order, so they cannot deadlock."""
    if not names:
        return
    insert_missing(connection, tags, *({"name": name} for name in sorted(names)))
    ids = {row.name: row.id for row in connection.execute(select(*tags.c["id", "name"]).where(tags.c.name.in_(names)))}
    links = [
        {"article_id": article_id, "tag_id": ids[name], "position": position, "created_at": created_at}
        for position, name in enumerate(names)
    ]
    connection.execute(insert(article_tags), links)


def _account(row: Sequence[Any]) -> model.Account:
    *user, password_hash, confirmed_email, previous_email, previous_email_until = row
    return model.Account(model.User(*user), password_hash, confirmed_email, previous_email, previous_email_until)


def _session(key_hash: str, row: Sequence[Any]) -> model.Session:
    *user, signed_in_at, expires_at = row
    return model.Session(key_hash, model.User(*user), signed_in_at, expires_at)


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
