"""The store, with SQLAlchemy's ORM: a data mapper.

*In Django* a model saves itself (``article.save()``) and its manager queries (``Article.objects.filter``): active
record. ``select_related`` and ``prefetch_related`` load what a row refers to.

*Here* the entities know nothing about the database. ``db.session`` collects new and changed entities and writes them
when it commits: the *unit of work*. A query is a ``select(Article)`` that looks like SQL, and its options say what to
load along: ``joinedload`` for the one author, ``selectinload`` for the many tags. ``raiseload("*")`` turns a forgotten
option into an error, instead of one more statement for each row. Results leave this module as the dataclasses of
:mod:`assembly_required.conduit.model`.

Three decisions an application of this size has to make:

- ``expire_on_commit`` keeps its default. A commit expires all entities, so nothing that another request has changed is
  read from the session. Results are converted before the commit, so nothing has to be loaded again.
- A page selects the ids first, in a subquery with LIMIT and OFFSET, and joins the articles to it. Otherwise a deep
  page would walk over whole rows.
- ``db.paginate`` is not used: it counts the rows of a subquery that selects all columns.

*What it costs*: a list takes about four times as long as with ``sqlalchemy_core``, for entities that are converted to
dataclasses at once. An application that passes its entities on to the templates saves that step.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, delete, exists, func, select, text, update
from sqlalchemy import insert as insert_rows
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import QueryableAttribute, defer, joinedload, raiseload, selectinload, undefer
from sqlalchemy.orm.exc import StaleDataError

from ....conduit import limits, model
from ....conduit.errors import LastStaff, NotFound, Refusal, Unauthorized
from ...shared.dberrors import translate_failure
from ...shared.postgresql import advance
from ...shared.sqlite import BEGIN
from ...shared.turns import write_turn
from .models import Article, BrowserSession, Change, Comment, Favorite, Follow, Grant, Tag, Tagging, User, db

WHOLE = (
    joinedload(Article.author, innerjoin=True).load_only(User.username, User.bio, User.image),
    selectinload(Article.tags),
    undefer(Article.favorites_count),
    raiseload("*"),
)
"""What is loaded together with an article."""

PREVIEW = (*WHOLE, defer(Article.body, raiseload=True))
"""The same in a list, which shows no bodies."""


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit what was done inside, or roll it back.

    :param gone: raised if a row to be changed or referred to has been deleted.
    :raises Taken: a unique constraint names the column.
    :raises Unavailable: the database cannot be reached or written at the moment.
    """
    with write_turn() as begun:
        try:
            if dialect_name() == "sqlite":
                db.session.execute(text(BEGIN))
            begun()
            yield
            db.session.commit()
        except BaseException as error:
            roll_back()
            if refusal := translate_failure(error, gone):
                raise refusal from error
            if isinstance(error, StaleDataError):  # an UPDATE found no row
                raise gone from error
            raise


def roll_back() -> None:
    """Roll back what is open. A connection that is lost cannot do that; it is thrown away."""
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


class FlaskSQLAlchemyStore:
    """The data of the blog in the session of the current app."""

    models: Mapping[str, Any] = {each.__tablename__: each for each in (User, Article, Comment, Change)}

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        user = User(username=username, email=email, password_hash=password_hash, bio=None, image=None)
        with transaction(gone=Unauthorized.invalid()):
            db.session.add(user)
            db.session.flush()
            return to_user(user)

    def user(self, id: int) -> model.User | None:
        user = db.session.get(User, id)
        return to_user(user) if user else None

    def account(self, id: int) -> model.Account | None:
        user = db.session.get(User, id)
        return to_account(user) if user else None

    def find_account(self, email: str) -> model.Account | None:
        user = db.session.scalar(select(User).where(User.email == email))
        return to_account(user) if user else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            edited = db.session.get(User, user.id)
            if edited is None:
                raise Unauthorized.invalid()
            set_attributes(edited, changes)
            db.session.flush()
            return to_user(edited)

    def edit_and_sign_out(self, account: model.Account, changes: Mapping[str, Any]) -> model.User | None:
        edit = (
            update(User)
            .where(
                User.id == account.user.id,
                User.email == account.user.email,
                User.password_hash == account.password_hash,
            )
            .values(**changes, token_generation=User.token_generation + 1)
            .returning(User)
            .execution_options(populate_existing=True)
        )
        with transaction(gone=Unauthorized.invalid()):
            edited = db.session.scalar(edit)
            if edited is None:
                return None
            db.session.execute(delete(BrowserSession).where(BrowserSession.user_id == edited.id))
            return to_user(edited)

    def remove_user(self, user: model.User, staff: Collection[int] = ()) -> None:
        members = User.id.in_(staff)
        with transaction(gone=Unauthorized.invalid()):
            if user.id in staff:  # on SQLite the transaction has locked the database
                db.session.execute(select(User.id).where(members).order_by(User.id).with_for_update(key_share=True))
            db.session.execute(delete(User).where(User.id == user.id))
            if user.id in staff and not db.session.scalar(select(exists().where(members))):
                raise LastStaff

    def add_session(self, session: model.Session) -> None:
        expired = (
            select(BrowserSession.id)
            .where(BrowserSession.expires_at < session.signed_in_at)
            .order_by(BrowserSession.expires_at)
            .limit(limits.EXPIRED_SESSIONS)
        )
        with transaction(gone=Unauthorized.invalid()):
            db.session.execute(delete(BrowserSession).where(BrowserSession.id.in_(expired)))
            db.session.add(
                BrowserSession(
                    key_hash=session.key_hash,
                    user_id=session.user.id,
                    signed_in_at=session.signed_in_at,
                    expires_at=session.expires_at,
                )
            )

    def session(self, key_hash: str) -> model.Session | None:
        session = db.session.scalar(
            select(BrowserSession)
            .where(BrowserSession.key_hash == key_hash)
            .options(joinedload(BrowserSession.user, innerjoin=True))
        )
        return to_session(session) if session else None

    def remove_session(self, key_hash: str) -> None:
        with transaction(gone=Unauthorized.invalid()):
            db.session.execute(delete(BrowserSession).where(BrowserSession.key_hash == key_hash))

    def remove_sessions(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            db.session.execute(delete(BrowserSession).where(BrowserSession.user_id == user.id))

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        user = db.session.scalar(select(User).where(User.username == username))
        return to_profile(user, following=user.id in find_followed([user.id], viewer)) if user else None

    def grants(self, user: model.User) -> list[str]:
        return sorted(db.session.scalars(select(Grant.name).where(Grant.user_id == user.id)))

    def users_with_grants(self) -> list[int]:
        return list(db.session.scalars(select(Grant.user_id).distinct().order_by(Grant.user_id)))

    def grant(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            insert_missing(Grant, {"user_id": user.id, "name": name})

    def revoke(self, user: model.User, name: str) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.execute(delete(Grant).where(Grant.user_id == user.id, Grant.name == name))

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            insert_missing(Follow, {"follower_id": viewer.id, "followed_id": profile.id})

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.execute(delete(Follow).where(Follow.follower_id == viewer.id, Follow.followed_id == profile.id))

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        return find_article(Article.slug == slug, viewer)

    def articles(
        self,
        viewer: model.User | None,
        tag: str | None,
        author: str | None,
        favorited: str | None,
        limit: int,
        offset: int,
    ) -> tuple[list[model.Article], int]:
        return load_page(*select_ids(tag, author, favorited), viewer, limit, offset)

    def feed(self, viewer: model.User, limit: int, offset: int) -> tuple[list[model.Article], int]:
        ids = select(Article.id).join(Follow, Follow.followed_id == Article.author_id)
        ids = ids.where(Follow.follower_id == viewer.id)
        return load_page(ids, Article.id, Article.created_at, viewer, limit, offset)

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
            set_tags(article, tags)
            return get_article(article.id, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            edited = db.session.get(Article, article.id)
            if edited is None:
                raise NotFound("article")
            set_attributes(edited, columns)
            if "tag_list" in changes:
                set_tags(edited, changes["tag_list"])
            return get_article(edited.id, viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            db.session.execute(delete(Article).where(Article.id == article.id))

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            insert_missing(
                Favorite, {"article_id": article.id, "user_id": viewer.id, "article_created_at": article.created_at}
            )
            return get_article(article.id, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            db.session.execute(delete(Favorite).where(Favorite.article_id == article.id, Favorite.user_id == viewer.id))
            return get_article(article.id, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        return find_comments(viewer, Comment.article_id == article.id)

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        return next(iter(find_comments(viewer, Comment.article_id == article.id, Comment.id == id)), None)

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        comment = Comment(body=body, created_at=at, updated_at=at, article_id=article.id, author_id=author.id)
        with transaction(gone=NotFound("article")):
            db.session.add(comment)
            db.session.flush()
            return to_comment(comment, following=author.id in find_followed([author.id], author))

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            db.session.execute(delete(Comment).where(Comment.id == comment.id))

    def tags(self) -> list[str]:
        return sorted(db.session.scalars(select(Tag.name).where(exists().where(Tagging.tag_id == Tag.id))))

    def recent_tags(self, limit: int) -> list[str]:
        uses = select(Tag.name).join(Tagging, Tagging.tag_id == Tag.id).order_by(Tagging.id.desc())
        return list(dict.fromkeys(db.session.scalars(uses.limit(limits.RECENT_USES))))[:limit]

    def record(self, by: str, action: str, kind: str, name: str, at: datetime) -> None:
        with transaction(gone=NotFound("profile")):
            db.session.add(Change(username=by, action=action, kind=kind, name=name, at=at))

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        with transaction(gone=NotFound(table)):
            db.session.execute(insert_rows(db.metadata.tables[table]), list(rows))
            if dialect_name() == "postgresql":
                db.session.execute(text(advance(table)))

    def unload(self, table: str, ids: Sequence[int]) -> None:
        rows = db.metadata.tables[table]
        with transaction(gone=NotFound(table)):
            db.session.execute(delete(rows).where(rows.c.id.in_(ids)))

    def disconnect(self) -> None:
        db.session.remove()
        db.engine.dispose()


def select_ids(
    tag: str | None, author: str | None, favorited: str | None
) -> tuple[Select[Any], QueryableAttribute[int], QueryableAttribute[datetime]]:
    """Select the ids of the articles that match. Return also the two columns to sort by.

    The statement starts from a table with an index in the order of the list. ``join`` stays fast as the tables grow;
    ``any()`` would run a subquery for each article of the blog. A second filter is such a subquery, because with a
    join a database could start from the tag, or from the author, and read all of their articles; a user has few
    favorites.
    """
    matching: list[tuple[Select[Any], QueryableAttribute[int], QueryableAttribute[datetime]]] = []
    if favorited is not None:
        ids = select(Favorite.article_id).where(Favorite.user_id == find_id(favorited))
        matching.append((ids, Favorite.article_id, Favorite.article_created_at))
    if author is not None:
        ids = select(Article.id).where(Article.author_id == find_id(author))
        matching.append((ids, Article.id, Article.created_at))
    if tag is not None:
        ids = select(Tagging.article_id).join(Tagging.tag).where(Tag.name == tag)
        matching.append((ids, Tagging.article_id, Tagging.created_at))
    (ids, id, created_at), *others = matching or [(select(Article.id), Article.id, Article.created_at)]
    for other, other_id, _ in others:
        ids = ids.where(other.where(other_id == id).exists())
    return ids, id, created_at


def find_id(username: str) -> ScalarSelect[int]:
    """Select the id of a user. As a subquery it is looked up once, before the articles."""
    return select(User.id).where(User.username == username).scalar_subquery()


def load_page(
    ids: Select[Any],
    id: QueryableAttribute[int],
    created_at: QueryableAttribute[datetime],
    viewer: model.User | None,
    limit: int,
    offset: int,
) -> tuple[list[model.Article], int]:
    """Load one page of the articles with these ids, newest first, and count all of them."""
    page = ids.order_by(created_at.desc(), id.desc()).limit(limit).offset(offset).subquery()
    newest_first = Article.created_at.desc(), Article.id.desc()
    articles = db.session.scalars(
        select(Article).join(page, page.c[0] == Article.id).order_by(*newest_first).options(*PREVIEW)
    ).all()
    count = db.session.scalar(ids.with_only_columns(func.count(), maintain_column_froms=True))
    return to_articles(articles, viewer, body=False), count or 0


def find_article(condition: ColumnElement[bool], viewer: model.User | None) -> model.Article | None:
    """Load an article, also if the session already holds an older state of it."""
    article = db.session.scalar(
        select(Article).where(condition).options(*WHOLE).execution_options(populate_existing=True)
    )
    return next(iter(to_articles([article], viewer, body=True)), None) if article else None


def get_article(id: int, viewer: model.User) -> model.Article:
    """Return an article as it is after a change, which autoflush writes first.

    :raises NotFound: it has been deleted.
    """
    article = find_article(Article.id == id, viewer)
    if article is None:
        raise NotFound("article")
    return article


def find_marks(articles: Sequence[Article], viewer: model.User | None) -> dict[int, tuple[bool, bool]]:
    """Return for each article whether the viewer has it among their favorites and follows its author.

    ``selectinload`` reads the tags after the articles. An article that was deleted in between comes without tags, as if
    it had none. So this statement comes last, and the result leaves out the articles that are gone. Without a viewer
    only the articles without tags are looked up.
    """
    if viewer is None:
        marks = {article.id: (False, False) for article in articles if article.tags}
        untagged = [article.id for article in articles if not article.tags]
        ids = db.session.scalars(select(Article.id).where(Article.id.in_(untagged))) if untagged else ()
        return marks | dict.fromkeys(ids, (False, False))
    favorited = exists().where(Favorite.article_id == Article.id, Favorite.user_id == viewer.id)
    following = exists().where(Follow.followed_id == Article.author_id, Follow.follower_id == viewer.id)
    marks_of = select(Article.id, favorited, following).where(Article.id.in_([article.id for article in articles]))
    return {id: (is_favorited, is_following) for id, is_favorited, is_following in db.session.execute(marks_of)}


def find_followed(user_ids: Sequence[int], viewer: model.User | None) -> set[int]:
    """Return which of these users the viewer follows."""
    if viewer is None or not user_ids:
        return set()
    followed = select(Follow.followed_id).where(Follow.follower_id == viewer.id, Follow.followed_id.in_(user_ids))
    return set(db.session.scalars(followed))


def find_comments(viewer: model.User | None, *conditions: ColumnElement[bool]) -> list[model.Comment]:
    """Load the comments that match all conditions, with their authors, oldest first."""
    comments = db.session.scalars(
        select(Comment).where(*conditions).order_by(Comment.id).options(joinedload(Comment.author), raiseload("*"))
    ).all()
    followed = find_followed([comment.author_id for comment in comments], viewer)
    return [to_comment(comment, following=comment.author_id in followed) for comment in comments]


def set_attributes(entity: User | Article, changes: Mapping[str, Any]) -> None:
    """Change an entity. The session notices, and updates only the columns that have new values."""
    for name, value in changes.items():
        setattr(entity, name, value)


def set_tags(article: Article, names: Sequence[str]) -> None:
    """Replace the tags of an article.

    The first flush inserts or updates the article, which locks it: two editors cannot mix their tags. The second one
    deletes the old taggings, because the unit of work would insert the new ones before, against the unique constraint.
    """
    db.session.flush()
    db.session.refresh(article, ["taggings"])
    article.taggings.clear()
    db.session.flush()
    tags = find_or_add_tags(names)
    article.taggings = [Tagging(tag=tags[name], created_at=article.created_at) for name in names]


def find_or_add_tags(names: Sequence[str]) -> dict[str, Tag]:
    """Return tags by name. All requests insert new ones in the same order, so they cannot deadlock."""
    if not names:
        return {}
    insert_missing(Tag, *({"name": name} for name in sorted(names)))
    return {tag.name: tag for tag in db.session.scalars(select(Tag).where(Tag.name.in_(names)))}


def insert_missing(entity: type[Any], *rows: Mapping[str, Any]) -> None:
    """Insert rows, except those that are there already. Only the dialects have this INSERT."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect_name()]
    db.session.execute(insert(entity).values(rows).on_conflict_do_nothing())


def dialect_name() -> str:
    return db.session.get_bind().dialect.name


def to_user(user: User) -> model.User:
    return model.User(user.id, user.username, user.email, user.bio, user.image, user.token_generation)


def to_account(user: User) -> model.Account:
    return model.Account(
        to_user(user), user.password_hash, user.confirmed_email, user.previous_email, user.previous_email_until
    )


def to_session(session: BrowserSession) -> model.Session:
    return model.Session(session.key_hash, to_user(session.user), session.signed_in_at, session.expires_at)


def to_profile(user: User, following: bool) -> model.Profile:
    return model.Profile(user.id, user.username, user.bio, user.image, following)


def to_articles(articles: Sequence[Article], viewer: model.User | None, body: bool) -> list[model.Article]:
    """Convert articles, without those that have been deleted in the meantime."""
    marks = find_marks(articles, viewer) if articles else {}
    return [to_article(article, *marks[article.id], body) for article in articles if article.id in marks]


def to_article(article: Article, favorited: bool, following: bool, body: bool) -> model.Article:
    return model.Article(
        article.id,
        article.slug,
        article.title,
        article.description,
        article.body if body else None,
        [tag.name for tag in article.tags],
        article.created_at,
        article.updated_at,
        favorited,
        article.favorites_count,
        to_profile(article.author, following),
    )


def to_comment(comment: Comment, following: bool) -> model.Comment:
    author = to_profile(comment.author, following)
    return model.Comment(comment.id, comment.body, comment.created_at, comment.updated_at, author)
