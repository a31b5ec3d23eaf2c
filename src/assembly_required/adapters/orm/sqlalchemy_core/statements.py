"""The statements that read, built once when this module is imported.

*In Django* a queryset is built and compiled to SQL again for each request.

*Here* a ``select`` is an object without a connection. SQLAlchemy caches the SQL it compiles to, under a key
that it derives from the whole expression. A statement that stays the same object keeps its key. What varies is a
``bindparam``, and a list of ids an *expanding* one.

*What it costs*: the list of articles needs one pair of statements for each combination of filters.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core.store`.
"""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Column, ColumnElement, Select, bindparam, exists, func, select

from ....conduit import limits
from .tables import article_tags, articles, comments, favorites, follows, grants, sessions, tags, users

VIEWER: BindParameter[int] = bindparam("viewer")
IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)

FOLLOWING = exists().where(follows.c.follower_id == VIEWER, follows.c.followed_id == users.c.id)
FAVORITED = exists().where(favorites.c.user_id == VIEWER, favorites.c.article_id == articles.c.id)
FAVORITES = select(func.count()).where(favorites.c.article_id == articles.c.id).scalar_subquery()

USER_COLUMNS = users.c["id", "username", "email", "bio", "image", "token_generation"]
USER = select(*USER_COLUMNS).where(users.c.id == bindparam("id"))
ACCOUNTS = select(*USER_COLUMNS, *users.c["password_hash", "confirmed_email", "previous_email", "previous_email_until"])
ACCOUNT = ACCOUNTS.where(users.c.id == bindparam("id"))
ACCOUNT_BY_EMAIL = ACCOUNTS.where(users.c.email == bindparam("email"))
SESSION = (
    select(*USER_COLUMNS, *sessions.c["signed_in_at", "expires_at"])
    .join_from(sessions, users)
    .where(sessions.c.key_hash == bindparam("key_hash"))
)
GRANTS = select(grants.c.name).where(grants.c.user_id == bindparam("id"))

AUTHOR = (*users.c["id", "username", "bio", "image"], FOLLOWING)
PROFILE = select(*AUTHOR).where(users.c.username == bindparam("username"))

PREVIEW = articles.c["id", "slug", "title", "description", "created_at", "updated_at"]
PREVIEWS = select(*PREVIEW, FAVORITED, FAVORITES, *AUTHOR).join_from(articles, users).where(articles.c.id.in_(IDS))
ARTICLE = (
    select(*PREVIEW, FAVORITED, FAVORITES, *AUTHOR, articles.c.body)
    .join_from(articles, users)
    .where(articles.c.id == bindparam("id"))
)
SLUG = (
    select(articles.c.id, tags.c.name)
    .outerjoin_from(articles, article_tags)
    .outerjoin(tags)
    .where(articles.c.slug == bindparam("slug"))
    .order_by(article_tags.c.position)
)
TAGS = select(tags.c.name).where(exists().where(article_tags.c.tag_id == tags.c.id))
RECENT_TAGS = (
    select(tags.c.name).join_from(article_tags, tags).order_by(article_tags.c.id.desc()).limit(limits.RECENT_USES)
)

COMMENTS = (
    select(*comments.c["id", "body", "created_at", "updated_at"], *AUTHOR)
    .join_from(comments, users)
    .where(comments.c.article_id == bindparam("article"))
    .order_by(comments.c.id)
)
COMMENT = COMMENTS.where(comments.c.id == bindparam("id"))

SOURCES: dict[str, tuple[Column[Any], Column[Any], ColumnElement[bool]]] = {
    "favorited": (
        favorites.c.article_id,
        favorites.c.article_created_at,
        favorites.c.user_id == select(users.c.id).where(users.c.username == bindparam("favorited")).scalar_subquery(),
    ),
    "author": (
        articles.c.id,
        articles.c.created_at,
        articles.c.author_id == select(users.c.id).where(users.c.username == bindparam("author")).scalar_subquery(),
    ),
    "tag": (
        article_tags.c.article_id,
        article_tags.c.created_at,
        article_tags.c.tag_id == select(tags.c.id).where(tags.c.name == bindparam("tag")).scalar_subquery(),
    ),
    "feed": (
        articles.c.id,
        articles.c.created_at,
        articles.c.author_id.in_(select(follows.c.followed_id).where(follows.c.follower_id == bindparam("feed"))),
    ),
}
"""For each filter the columns of the id and the date, and the condition. A list starts from the first filter in use.
A tag comes after the users, because it has many more articles than a user likes or writes."""


@cache
def select_page(*filters: str) -> tuple[Select[Any], Select[Any]]:
    """Return the statements for the ids and tags of one page, and for the number of articles that match.

    Both read a part of one index, which has all columns they need, in the order of the list. Other filters look up each
    article of this part. With a join, SQLite would start from the tag when it counts. The tags are joined to the ids of
    the page: this costs less than a second statement with these ids as parameters.

    :param filters: the names of the filters in use.
    """
    source = next((name for name in SOURCES if name in filters), None)
    id, created_at, *conditions = SOURCES[source] if source else (articles.c.id, articles.c.created_at)
    ids = select(id.label("id"), created_at.label("created_at")).where(*conditions)
    for other_id, _, matches in (SOURCES[name] for name in filters if name != source):
        ids = ids.where(select(other_id).where(other_id == id, matches).exists())
    newest = ids.order_by(created_at.desc(), id.desc()).limit(bindparam("limit")).offset(bindparam("offset"))
    page = newest.subquery("page")
    tagged = (
        select(page.c.id, tags.c.name)
        .outerjoin_from(page, article_tags, article_tags.c.article_id == page.c.id)
        .outerjoin(tags)
        .order_by(page.c.created_at.desc(), page.c.id.desc(), article_tags.c.position)
    )
    return tagged, ids.with_only_columns(func.count(), maintain_column_froms=True)
