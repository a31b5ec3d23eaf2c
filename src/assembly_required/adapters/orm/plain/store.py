"""The store in SQL.

*In Django* ``Model.objects.raw()`` and ``cursor.execute()``.

*Here* each statement is a string, and its values are passed separately, which prevents SQL injection. Rows are tuples
that are unpacked into the blog's dataclasses. SQLite and PostgreSQL understand the same statements.

*What it costs*: the order of columns is not checked by any tool. SQLite returns 0, 1 and text, which have to be
converted to booleans and datetimes.

*Next*: :mod:`assembly_required.adapters.orm.plain.rows`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from ....conduit import limits, model
from ....conduit.errors import LastStaff, NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_failure
from ...shared.turns import write_turn
from .connections import Connections, begin, execute, execute_many, roll_back
from .rows import PlainRows

FOLLOWING = "EXISTS (SELECT 1 FROM follows WHERE follower_id = :viewer AND followed_id = users.id)"
FAVORITED = "EXISTS (SELECT 1 FROM favorites WHERE user_id = :viewer AND article_id = articles.id)"
FAVORITES = "(SELECT count(*) FROM favorites WHERE article_id = articles.id)"

USER_COLUMNS = "users.id, username, email, bio, image, token_generation"
USER = f"SELECT {USER_COLUMNS} FROM users WHERE id = :id"
ACCOUNTS = f"""
    SELECT {USER_COLUMNS}, password_hash, confirmed_email, previous_email, previous_email_until FROM users
"""
ACCOUNT = f"{ACCOUNTS} WHERE id = :id"
ACCOUNT_OF = f"{ACCOUNTS} WHERE email = :email"
MEMBERS = "SELECT id FROM users WHERE id IN :ids ORDER BY id"

SESSION = f"""
    SELECT {USER_COLUMNS}, signed_in_at, expires_at FROM sessions JOIN users ON users.id = user_id
    WHERE key_hash = :key_hash
"""
EXPIRED = "SELECT id FROM sessions WHERE expires_at < :now ORDER BY expires_at LIMIT :limit"

AUTHOR = f"users.id, users.username, users.bio, users.image, {FOLLOWING}"
PROFILE = f"SELECT {AUTHOR} FROM users WHERE username = :username"

HEAD = f"""
    articles.id, slug, title, description, articles.created_at, articles.updated_at, {FAVORITED}, {FAVORITES}, {AUTHOR}
"""
PREVIEWS = f"""
    SELECT {HEAD} FROM articles JOIN users ON users.id = author_id WHERE articles.id IN :ids
"""
ARTICLE = f"""
    SELECT {HEAD}, body FROM articles JOIN users ON users.id = author_id WHERE articles.id = :id
"""
SLUG = """
    SELECT articles.id, name FROM articles
    LEFT JOIN article_tags ON article_id = articles.id LEFT JOIN tags ON tags.id = tag_id
    WHERE slug = :slug ORDER BY position
"""
TAGS_OF = """
    SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id
    WHERE article_id IN :ids ORDER BY article_id, position
"""
TAGS = "SELECT name FROM tags WHERE EXISTS (SELECT 1 FROM article_tags WHERE tag_id = tags.id)"

RECENT_TAGS = f"""
    SELECT name FROM article_tags JOIN tags ON tags.id = tag_id
    ORDER BY article_tags.id DESC LIMIT {limits.RECENT_USES}
"""

COMMENT_COLUMNS = f"comments.id, body, created_at, updated_at, {AUTHOR}"
COMMENTS = f"""
    SELECT {COMMENT_COLUMNS} FROM comments JOIN users ON users.id = author_id
    WHERE article_id = :article ORDER BY comments.id
"""
COMMENT = f"""
    SELECT {COMMENT_COLUMNS} FROM comments JOIN users ON users.id = author_id
    WHERE article_id = :article AND comments.id = :id
"""

SOURCES = {
    "favorited": (
        "favorites", "article_id", "article_created_at",
        "user_id = (SELECT id FROM users WHERE username = :favorited)",
    ),
    "author": ("articles", "id", "created_at", "author_id = (SELECT id FROM users WHERE username = :author)"),
    "tag": ("article_tags", "article_id", "created_at", "tag_id = (SELECT id FROM tags WHERE name = :tag)"),
    "feed": (
        "articles", "id", "created_at",
        "author_id IN (SELECT followed_id FROM follows WHERE follower_id = :feed)",
    ),
}  # fmt: skip
"""For each filter a table, its columns for id and date, and the condition. A list starts from the first filter in use.
A tag comes after the users, because it has many more articles than a user likes or writes."""


@cache
def listing(*filters: str) -> tuple[str, str]:
    """Return the statement for the ids of a page, and the one that counts all articles that match.

    Both read a part of one index, which has all columns they need, in the order of the list. Other filters look up each
    article of this part. (With JOIN, SQLite would start from the tag when it counts, and read 30 times as long.)
    """
    source = next((name for name in SOURCES if name in filters), None)
    table, id, created_at, condition = SOURCES[source] if source else ("articles", "id", "created_at", "")
    conditions = [condition] if condition else []  # without WHERE, SQLite counts the pages of an index, not its rows
    for name in filters:
        if name != source:
            other, other_id, _, matches = SOURCES[name]
            conditions.append(f"EXISTS (SELECT 1 FROM {other} WHERE {other_id} = {table}.{id} AND {matches})")
    rows = f"FROM {table} {'WHERE' if conditions else ''} {' AND '.join(conditions)}"
    page = f"SELECT {id} {rows} ORDER BY {created_at} DESC, {id} DESC LIMIT :limit OFFSET :offset"
    return page, f"SELECT count(*) {rows}"


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit the statements of the block, or roll them back after an error.

    :param gone: raised if a foreign key is violated, because the other row has been deleted.
    :raises Taken: a unique constraint is violated.
    :raises Unavailable: the database cannot be reached or written at the moment.
    """
    with write_turn() as begun:
        try:
            begin()
            begun()
            yield
            execute("COMMIT")
        except BaseException as error:
            roll_back()
            if refusal := translate_failure(error, gone):
                raise refusal from error
            raise


class PlainStore(PlainRows):
    """The store in SQL.

    :param connections: the connections of the app.
    """

    models: Mapping[str, Any] = {}

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        user = {"username": username, "email": email, "password_hash": password_hash}
        with transaction(gone=Unauthorized.invalid()):
            id = insert("users", user)
        return model.User(id, username, email, bio=None, image=None, token_generation=0)

    def user(self, id: int) -> model.User | None:
        row = execute(USER, {"id": id}).fetchone()
        return model.User(*row) if row else None

    def account(self, id: int) -> model.Account | None:
        row = execute(ACCOUNT, {"id": id}).fetchone()
        return _to_account(row) if row else None

    def find_account(self, email: str) -> model.Account | None:
        row = execute(ACCOUNT_OF, {"email": email}).fetchone()
        return _to_account(row) if row else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            if changes:
                update("users", user.id, changes)
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def edit_and_sign_out(self, account: model.Account, changes: Mapping[str, Any]) -> model.User | None:
        columns = ", ".join(f"{name} = :{name}" for name in changes)
        edit = f"""
            UPDATE users SET {columns}, token_generation = token_generation + 1
            WHERE id = :id AND email = :old_email AND password_hash = :old_hash RETURNING {USER_COLUMNS}
        """
        old = {"id": account.user.id, "old_email": account.user.email, "old_hash": account.password_hash}
        with transaction(gone=Unauthorized.invalid()):
            edited = execute(edit, {**changes, **old}).fetchone()
            if edited is None:
                return None
            execute("DELETE FROM sessions WHERE user_id = :id", {"id": account.user.id})
        return model.User(*edited)

    def remove_user(self, user: model.User, staff: Collection[int] = ()) -> None:
        members = {"ids": [*staff]}
        with transaction(gone=Unauthorized.invalid()):
            if user.id in staff:
                execute(f"{MEMBERS} {self._connections.LOCK}", members)
            execute("DELETE FROM users WHERE id = :id", {"id": user.id})
            if user.id in staff and not execute(MEMBERS, members).fetchone():
                raise LastStaff

    def add_session(self, session: model.Session) -> None:
        row = {
            "key_hash": session.key_hash,
            "user_id": session.user.id,
            "signed_in_at": session.signed_in_at,
            "expires_at": session.expires_at,
        }
        expired = {"now": session.signed_in_at, "limit": limits.EXPIRED_SESSIONS}
        with transaction(gone=Unauthorized.invalid()):
            execute(f"DELETE FROM sessions WHERE id IN ({EXPIRED})", expired)
            insert("sessions", row)

    def session(self, key_hash: str) -> model.Session | None:
        row = execute(SESSION, {"key_hash": key_hash}).fetchone()
        return _to_session(key_hash, row) if row else None

    def remove_session(self, key_hash: str) -> None:
        with transaction(gone=Unauthorized.invalid()):
            execute("DELETE FROM sessions WHERE key_hash = :key_hash", {"key_hash": key_hash})

    def remove_sessions(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            execute("DELETE FROM sessions WHERE user_id = :id", {"id": user.id})

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        row = execute(PROFILE, {"username": username, "viewer": _id(viewer)}).fetchone()
        return _to_profile(*row) if row else None

    def grants(self, user: model.User) -> list[str]:
        rows = execute("SELECT name FROM grants WHERE user_id = :id", {"id": user.id})
        return sorted(name for (name,) in rows)

    def users_with_grants(self) -> list[int]:
        return [id for (id,) in execute("SELECT DISTINCT user_id FROM grants ORDER BY user_id", {})]

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            insert("grants", {"user_id": user.id, "name": name}, on_conflict="DO NOTHING")

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            execute("DELETE FROM grants WHERE user_id = :id AND name = :name", {"id": user.id, "name": name})

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = {"follower_id": viewer.id, "followed_id": profile.id}
            insert("follows", pair, on_conflict="DO NOTHING")

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = {"viewer": viewer.id, "followed": profile.id}
            execute("DELETE FROM follows WHERE follower_id = :viewer AND followed_id = :followed", pair)

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        tags = execute(SLUG, {"slug": slug}).fetchall()
        row = execute(ARTICLE, {"id": tags[0][0], "viewer": _id(viewer)}).fetchone() if tags else None
        return to_article(row, [name for _, name in tags if name], body=row[-1]) if row else None

    def articles(
        self,
        viewer: model.User | None,
        tag: str | None,
        author: str | None,
        favorited: str | None,
        limit: int,
        offset: int,
    ) -> tuple[list[model.Article], int]:
        filters = {"tag": tag, "author": author, "favorited": favorited}
        return _load_page({name: value for name, value in filters.items() if value is not None}, viewer, limit, offset)

    def feed(self, viewer: model.User, limit: int, offset: int) -> tuple[list[model.Article], int]:
        return _load_page({"feed": viewer.id}, viewer, limit, offset)

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
        with transaction(gone=Unauthorized.invalid()):
            _add_tags(insert("articles", article), tags, at)
        return self._read(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            update("articles", article.id, columns)
            if "tag_list" in changes:
                execute("DELETE FROM article_tags WHERE article_id = :id", {"id": article.id})
                _add_tags(article.id, changes["tag_list"], article.created_at)
        return self._read(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            execute("DELETE FROM articles WHERE id = :id", {"id": article.id})

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = {"article_id": article.id, "user_id": viewer.id, "article_created_at": article.created_at}
            insert("favorites", pair, on_conflict="DO NOTHING")
        return self._read(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = {"article": article.id, "viewer": viewer.id}
            execute("DELETE FROM favorites WHERE article_id = :article AND user_id = :viewer", pair)
        return self._read(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        rows = execute(COMMENTS, {"article": article.id, "viewer": _id(viewer)})
        return [to_comment(row) for row in rows]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        row = execute(COMMENT, {"article": article.id, "id": id, "viewer": _id(viewer)}).fetchone()
        return to_comment(row) if row else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        comment = {
            "body": body,
            "created_at": at,
            "updated_at": at,
            "article_id": article.id,
            "author_id": author.id,
        }
        with transaction(gone=NotFound("article")):
            id = insert("comments", comment)
        written = self.comment(article, id, author)
        if written is None:
            raise NotFound("article")
        return written

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            execute("DELETE FROM comments WHERE id = :id", {"id": comment.id})

    def tags(self) -> list[str]:
        return sorted(name for (name,) in execute(TAGS))

    def recent_tags(self, limit: int) -> list[str]:
        return list(dict.fromkeys(name for (name,) in execute(RECENT_TAGS)))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")):
            insert("changes", {"username": by, "action": action, "kind": kind, "name": name, "at": at})

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with transaction(gone=NotFound(table)):
            execute_many(f"INSERT INTO {table} {_values(rows[0])}", rows)
            self._connections.advance(table)

    def unload(self, table: str, ids: Sequence[int]) -> None:
        with transaction(gone=NotFound(table)):
            execute(f"DELETE FROM {table} WHERE id IN :ids", {"ids": ids})

    def disconnect(self) -> None:
        self._connections.close()

    def _read(self, slug: str, viewer: model.User) -> model.Article:
        """Return an article after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def insert(table: str, row: Mapping[str, Any], on_conflict: str = "") -> int:
    """Insert a row and return its id, or 0 if the row exists.

    Names of tables and columns come from this module, never from a user.
    """
    clause = f"ON CONFLICT {on_conflict}" if on_conflict else ""
    inserted = execute(f"INSERT INTO {table} {_values(row)} {clause} RETURNING id", row).fetchone()
    return inserted[0] if inserted else 0


def update(table: str, id: int, changes: Mapping[str, Any]) -> None:
    """Set columns of a row."""
    columns = ", ".join(f"{name} = :{name}" for name in changes)
    execute(f"UPDATE {table} SET {columns} WHERE id = :id", {**changes, "id": id})


def _values(row: Mapping[str, Any]) -> str:
    return f"({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"


def _load_page(
    filters: Mapping[str, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Read the ids of the page, then the tags, then the rows.

    ORDER BY with joins would sort whole rows, only to keep twenty of them. The tags are read before the rows, because
    another request may delete an article in between, and an article must not be shown without its tags.
    """
    page, count = listing(*filters)
    ids = [id for (id,) in execute(page, {**filters, "limit": limit, "offset": offset})]
    (total,) = execute(count, filters).fetchone()
    if not ids:
        return [], total
    tags = load_tags(ids)
    rows = {row[0]: row for row in execute(PREVIEWS, {"ids": ids, "viewer": _id(viewer)})}
    return [to_article(rows[id], tags[id], body=None) for id in ids if id in rows], total


def load_tags(article_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Read the names of the tags of some articles, in their order, by the id of the article."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in execute(TAGS_OF, {"ids": article_ids}):
        names[article_id].append(name)
    return names


def _add_tags(article_id: int, names: Sequence[str], created_at: datetime) -> None:
    """Add tags. New ones are inserted in sorted order, otherwise two requests could wait for each other's tags."""
    if not names:
        return
    execute_many("INSERT INTO tags (name) VALUES (:name) ON CONFLICT DO NOTHING", [{"name": n} for n in sorted(names)])
    ids = dict(execute("SELECT name, id FROM tags WHERE name IN :names", {"names": list(names)}))
    links = [
        {"article_id": article_id, "tag_id": ids[name], "position": position, "created_at": created_at}
        for position, name in enumerate(names)
    ]
    execute_many(f"INSERT INTO article_tags {_values(links[0])}", links)


def _to_account(row: Sequence[Any]) -> model.Account:
    *user, password_hash, confirmed_email, previous_email, until = row
    return model.Account(
        model.User(*user), password_hash, confirmed_email, previous_email, _to_datetime(until) if until else None
    )


def _to_session(key_hash: str, row: Sequence[Any]) -> model.Session:
    *user, signed_in_at, expires_at = row
    return model.Session(key_hash, model.User(*user), _to_datetime(signed_in_at), _to_datetime(expires_at))


def to_article(row: Sequence[Any], tags: list[str], body: str | None) -> model.Article:
    """Convert a row of ``PREVIEWS`` or ``ARTICLE``."""
    id, slug, title, description, created_at, updated_at, favorited, favorites, *author = row[:13]
    return model.Article(
        id, slug, title, description, body, tags, _to_datetime(created_at), _to_datetime(updated_at), bool(favorited),
        favorites, _to_profile(*author),
    )  # fmt: skip


def to_comment(row: Sequence[Any]) -> model.Comment:
    """Convert a row of ``COMMENTS`` or ``COMMENT``."""
    id, body, created_at, updated_at, *author = row
    return model.Comment(id, body, _to_datetime(created_at), _to_datetime(updated_at), _to_profile(*author))


def _to_profile(id: int, username: str, bio: str | None, image: str | None, following: int) -> model.Profile:
    return model.Profile(id, username, bio, image, bool(following))


def _to_datetime(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _id(viewer: model.User | None) -> int | None:
    return viewer.id if viewer else None
