"""The store's verbs in peewee: active record.

*In Django* a model saves itself (``article.save()``, ``Article.objects.create(...)``), and a ``QuerySet`` finds its
joins in names with double underscores (``filter(author__username="ana")``).

*Here* a model saves itself too (``Article.create(...)``), and reading is SQL in Python: ``select``, ``join``,
``where``, with operators between fields (``User.username == "ana"``). A query is sent when somebody asks for its rows;
``tuples()`` makes them tuples of Python values, and no models. Outside of ``atomic()`` each statement stands alone, so
reads begin no transaction.

*What it costs*: a query has its values inside, so what depends on the viewer is a function, and peewee writes the SQL
anew each time: for a list that is more than half of the work. And a query keeps the rows it has read. So the
constants here are never asked themselves, only what ``where`` makes of them, which is always a copy.

*Next*: :mod:`assembly_required.adapters.orm.django`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from peewee import SQL, Expression, Field, Function, IntegrityError, ModelSelect, fn

from ....conduit import model
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ....dberrors import meaning
from ....postgresql import advance
from .models import Article, ArticleTag, Base, Comment, Favorite, Follow, Tag, User, database

COUNT = fn.COUNT(SQL("*"))  # query.count() counts a subquery: of 20,000 articles in 180 µs on SQLite, instead of 7


def following(viewer: int | None) -> Function:
    """Whether the viewer follows a user; for nobody peewee writes ``IS NULL``, which is true of no row."""
    follows = Follow.select(Follow.id).where(Follow.follower == viewer, Follow.followed == User.id)
    return fn.EXISTS(follows).python_value(bool)


def favorited(viewer: int | None) -> Function:
    """Whether the viewer has marked an article."""
    favorites = Favorite.select(Favorite.id).where(Favorite.user == viewer, Favorite.article == Article.id)
    return fn.EXISTS(favorites).python_value(bool)


FAVORITES = Favorite.select(COUNT).where(Favorite.article == Article.id)

USER = User.select(User.id, User.username, User.email, User.bio, User.image).tuples()
LOGIN = USER.select_extend(User.password_hash)


def author_for(viewer: int | None) -> tuple[Any, ...]:
    return User.id, User.username, User.bio, User.image, following(viewer)


def profile_for(viewer: int | None) -> ModelSelect[Any]:
    return User.select(*author_for(viewer)).tuples()


def head_for(viewer: int | None) -> tuple[Any, ...]:
    texts, dates = (Article.slug, Article.title, Article.description), (Article.created_at, Article.updated_at)
    return Article.id, *texts, *dates, favorited(viewer), FAVORITES, *author_for(viewer)


def previews_for(viewer: int | None) -> ModelSelect[Any]:
    return Article.select(*head_for(viewer)).join(User).tuples()


def article_for(viewer: int | None) -> ModelSelect[Any]:
    return Article.select(*head_for(viewer), Article.body).join(User).tuples()


SLUG: ModelSelect[Any] = (
    Article.select(Article.id, Tag.name)
    .left_outer_join(ArticleTag)
    .left_outer_join(Tag)
    .order_by(ArticleTag.position)
    .tuples()
)
TAGS_OF: ModelSelect[Any] = (
    ArticleTag.select(ArticleTag.article, Tag.name).join(Tag).order_by(ArticleTag.article, ArticleTag.position).tuples()
)
NAMED: ModelSelect[Any] = Tag.select(Tag.name, Tag.id).tuples()
TAGS = Tag.select(Tag.name).where(fn.EXISTS(ArticleTag.select(ArticleTag.id).where(ArticleTag.tag == Tag.id)))


def comments_for(viewer: int | None) -> ModelSelect[Any]:
    columns = (Comment.id, Comment.body, Comment.created_at, Comment.updated_at)
    return Comment.select(*columns, *author_for(viewer)).join(User).order_by(Comment.id).tuples()


SOURCES: dict[str, tuple[Field, Field, Callable[[Any], ModelSelect[Any]]]] = {
    "tag": (
        ArticleTag.article,
        ArticleTag.created_at,
        lambda name: ArticleTag.select(ArticleTag.article).join(Tag).where(Tag.name == name),
    ),
    "favorited": (
        Favorite.article,
        Favorite.article_created_at,
        lambda username: Favorite.select(Favorite.article).join(User).where(User.username == username),
    ),
}
FILTERS: dict[str, Callable[[Any], Expression]] = {
    "author": lambda username: Article.author == User.select(User.id).where(User.username == username),
    "favorited": lambda username: Article.id.in_(SOURCES["favorited"][2](username)),
    "feed": lambda viewer: Article.author.in_(Follow.select(Follow.followed).where(Follow.follower == viewer)),
}


def listing(filters: Mapping[str, Any]) -> tuple[ModelSelect[Any], ModelSelect[Any]]:
    """The queries for the ids of all pages and for how many articles match.

    With a tag they start from ``article_tags``, for somebody's favorites from ``favorites``: one index of each holds
    all that they need. The articles are taken in only where another filter asks for them.
    """
    source = next((name for name in SOURCES if name in filters), "")
    others = [FILTERS[name](value) for name, value in filters.items() if name != source]
    id, created_at, among = SOURCES.get(source, (Article.id, Article.created_at, lambda _: Article.select(Article.id)))
    ids = among(filters.get(source))
    if source and others:
        ids = ids.join_from(id.model, Article)
    if others:
        ids = ids.where(*others)
    return ids.order_by(created_at.desc(), id.desc()), ids.select(COUNT)


@contextmanager
def transaction(gone: Refusal) -> Iterator[None]:
    """Commit what was done inside, or undo it.

    :param gone: what it means when a row that was to be referred to is not there any more.
    :raises Taken: a unique constraint names the column.
    """
    try:
        with database.atomic():
            yield
    except IntegrityError as error:
        if refusal := meaning(error, gone):
            raise refusal from error
        raise


class PeeweeStore:
    """The blog's memory in peewee, in the database of the app that is at work."""

    def add_user(self, username: str, email: str, password_hash: str) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            user = User.create(username=username, email=email, password_hash=password_hash)
        return model.User(user.id, username, email, bio=None, image=None)

    def user(self, id: int) -> model.User | None:
        row = USER.where(User.id == id).first()
        return model.User(*row) if row else None

    def login(self, email: str) -> tuple[model.User, str] | None:
        row = LOGIN.where(User.email == email).first()
        return (model.User(*row[:-1]), row[-1]) if row else None

    def edit_user(self, user: model.User, changes: Mapping[str, Any]) -> model.User:
        with transaction(gone=Unauthorized.invalid()):
            if changes:
                User.update(**changes).where(User.id == user.id).execute()
        edited = self.user(user.id)
        if edited is None:
            raise Unauthorized.invalid()
        return edited

    def remove_user(self, user: model.User) -> None:
        with transaction(gone=Unauthorized.invalid()):
            User.delete_by_id(user.id)

    def profile(self, username: str, viewer: model.User | None) -> model.Profile | None:
        row = profile_for(_id(viewer)).where(User.username == username).first()
        return model.Profile(*row) if row else None

    def follow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = {"follower": viewer.id, "followed": profile.id}
            Follow.insert(pair).on_conflict(action="nothing").execute()

    def unfollow(self, viewer: model.User, profile: model.Profile) -> None:
        with transaction(gone=NotFound("profile")):
            pair = Follow.follower == viewer.id, Follow.followed == profile.id
            Follow.delete().where(*pair).execute()

    def article(self, slug: str, viewer: model.User | None) -> model.Article | None:
        tags = list(SLUG.where(Article.slug == slug))
        row = article_for(_id(viewer)).where(Article.id == tags[0][0]).first() if tags else None
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
            article = Article.create(
                slug=slug,
                title=title,
                description=description,
                body=body,
                created_at=at,
                updated_at=at,
                author=author.id,
            )
            _set_tags(article.id, tags, at)
        return self._written(slug, author)

    def edit(self, viewer: model.User, article: model.Article, changes: Mapping[str, Any]) -> model.Article:
        columns = {name: value for name, value in changes.items() if name != "tag_list"}
        with transaction(gone=NotFound("article")):
            Article.update(**columns).where(Article.id == article.id).execute()
            if "tag_list" in changes:
                ArticleTag.delete().where(ArticleTag.article == article.id).execute()
                _set_tags(article.id, changes["tag_list"], article.created_at)
        return self._written(columns.get("slug", article.slug), viewer)

    def remove(self, article: model.Article) -> None:
        with transaction(gone=NotFound("article")):
            Article.delete_by_id(article.id)

    def favorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = {"article": article.id, "user": viewer.id, "article_created_at": article.created_at}
            Favorite.insert(pair).on_conflict(action="nothing").execute()
        return self._written(article.slug, viewer)

    def unfavorite(self, viewer: model.User, article: model.Article) -> model.Article:
        with transaction(gone=NotFound("article")):
            pair = Favorite.article == article.id, Favorite.user == viewer.id
            Favorite.delete().where(*pair).execute()
        return self._written(article.slug, viewer)

    def comments(self, article: model.Article, viewer: model.User | None) -> list[model.Comment]:
        rows = comments_for(_id(viewer)).where(Comment.article == article.id)
        return [_comment(row) for row in rows]

    def comment(self, article: model.Article, id: int, viewer: model.User | None) -> model.Comment | None:
        row = comments_for(_id(viewer)).where(Comment.article == article.id, Comment.id == id).first()
        return _comment(row) if row else None

    def add_comment(self, author: model.User, article: model.Article, body: str, at: datetime) -> model.Comment:
        with transaction(gone=NotFound("article")):
            comment = Comment.create(body=body, created_at=at, updated_at=at, article=article.id, author=author.id)
        written = self.comment(article, comment.id, author)
        if written is None:
            raise NotFound("article")
        return written

    def remove_comment(self, comment: model.Comment) -> None:
        with transaction(gone=NotFound("comment")):
            Comment.delete_by_id(comment.id)

    def tags(self) -> list[str]:
        return sorted(TAGS.scalars())

    def load(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        models = {each._meta.table_name: each for each in Base.__subclasses__()}
        with transaction(gone=NotFound(table)):
            models[table].insert_many(rows).execute()
            if database.sequences:
                database.execute_sql(advance(table))

    def disconnect(self) -> None:
        database.close()
        database.close_idle()

    def _written(self, slug: str, viewer: model.User) -> model.Article:
        """An article as it stands after a change."""
        article = self.article(slug, viewer)
        if article is None:
            raise NotFound("article")
        return article


def _page(
    filters: Mapping[str, Any], viewer: model.User | None, limit: int, offset: int
) -> tuple[list[model.Article], int]:
    """Ids first, then tags, then rows.

    An ORDER BY over joins would sort whole rows to keep twenty. And whoever deletes an article meanwhile takes its
    tags along: read after the rows, they would be missing from an article that is still shown.
    """
    page, count = listing(filters)
    ids = list(page.limit(limit).offset(offset).scalars())
    total = count.scalar()
    if not ids:
        return [], total
    tags = _tags(ids)
    rows = {row[0]: row for row in previews_for(_id(viewer)).where(Article.id.in_(ids))}
    return [_article(rows[id], tags[id], body=None) for id in ids if id in rows], total


def _tags(article_ids: Sequence[int]) -> Mapping[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    for article_id, name in TAGS_OF.where(ArticleTag.article.in_(article_ids)):
        names[article_id].append(name)
    return names


def _set_tags(article_id: int, names: Sequence[str], created_at: datetime) -> None:
    """New tags are inserted in one order by everybody: two who wait for each other's would wait for ever."""
    if not names:
        return
    # on_conflict_ignore() would be INSERT OR IGNORE on SQLite, which leaves out what violates a check as well.
    Tag.insert_many([{"name": name} for name in sorted(names)]).on_conflict(action="nothing").execute()
    ids = dict(NAMED.where(Tag.name.in_(names)))
    ArticleTag.insert_many(
        {"article": article_id, "tag": ids[name], "position": position, "created_at": created_at}
        for position, name in enumerate(names)
    ).execute()


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
