"""Read and write through a session. Each function that writes is one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from conduit_fastapi import queries, schemas
from conduit_fastapi.errors import not_found, taken, token_invalid, wrong_credentials
from conduit_fastapi.models import Article, ArticleTag, Comment, User, now
from conduit_fastapi.presenting import Marks, present_summary
from conduit_fastapi.slugs import candidates, slugify
from conduit_fastapi.throttling import Attempts

from . import passwords


async def register(session: AsyncSession, new: schemas.NewUser) -> User:
    password_hash = await passwords.hash_password(new.password)
    user = User(username=new.username, email=new.email, password_hash=password_hash, token_generation=0)
    session.add(user)
    await commit_user(session, username=new.username, email=new.email)
    return user


async def authenticate(session: AsyncSession, login: schemas.Login, attempts: Attempts) -> User:
    attempts.check(login.email)
    user = await session.scalar(queries.user_by_email(login.email))
    await session.commit()  # no connection is held while the password is checked
    valid, updated_hash = await passwords.verify_password(login.password, user and user.password_hash)
    if user is None or not valid:
        attempts.count_failure(login.email)
        raise wrong_credentials()
    if updated_hash is not None:
        user.password_hash = updated_hash
        await session.commit()
    return user


async def update_user(session: AsyncSession, user: User, changes: schemas.UserChanges) -> User:
    values = changes.model_dump(exclude_unset=True)
    if password := values.pop("password", None):
        user.password_hash = await passwords.hash_password(password)
    for field, value in values.items():
        setattr(user, field, value or None)
    await commit_user(session, username=values.get("username"), email=values.get("email"))
    return user


async def commit_user(session: AsyncSession, username: str | None, email: str | None) -> None:
    """Commit, and say which value is taken if one is. The unique constraints decide, so a race has one winner."""
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()
        if email is not None and await session.scalar(queries.user_by_email(email)):
            raise taken("email") from None
        raise taken("username") from None
    except StaleDataError:
        await session.rollback()
        raise token_invalid() from None


async def get_profile(session: AsyncSession, username: str) -> User:
    user = await session.scalar(queries.user_by_username(username))
    if user is None:
        raise not_found("profile")
    return user


async def get_article(session: AsyncSession, slug: str) -> Article:
    article = await session.scalar(queries.article_by_slug(slug))
    if article is None:
        raise not_found("article")
    return article


async def get_comment(session: AsyncSession, article: Article, id: int) -> Comment:
    comment = await session.scalar(queries.comment_on(article, id))
    if comment is None:
        raise not_found("comment")
    return comment


async def get_marks(
    session: AsyncSession, viewer: User | None, articles: Iterable[Article], users: Iterable[User]
) -> Marks:
    """Read what the viewer likes and follows, in a statement each."""
    articles, users = list(articles), list(users)
    if viewer is None:
        return Marks()
    favorites = (await session.scalars(queries.favorite_ids(viewer, articles))).all() if articles else ()
    followed = (await session.scalars(queries.followed_ids(viewer, users))).all() if users else ()
    return Marks(set(favorites), set(followed))


async def get_articles(
    session: AsyncSession, viewer: User | None, matching: Any, wanted: schemas.Page
) -> schemas.ArticlesResponse:
    articles = (await session.scalars(queries.page(matching, wanted))).all()
    count = await session.scalar(queries.count(matching))
    marks = await get_marks(session, viewer, articles, (article.author for article in articles))
    return schemas.ArticlesResponse(
        articles=[present_summary(article, marks) for article in articles], articles_count=count or 0
    )


async def publish(session: AsyncSession, author: User, new: schemas.NewArticle) -> Article:
    """Insert an article under the first free slug."""
    author_id, moment = author.id, now()
    for slug in candidates(new.title):
        article = Article(
            slug=slug,
            title=new.title,
            description=new.description,
            body=new.body,
            tags=[ArticleTag(name) for name in new.tag_list],
            author_id=author_id,
            created_at=moment,
            updated_at=moment,
        )
        session.add(article)
        try:
            await session.commit()
        except IntegrityError:
            await session.rollback()
            continue
        return await get_article(session, slug)
    raise token_invalid()  # the slug was free, so the author is gone


async def update_article(session: AsyncSession, article: Article, changes: schemas.ArticleChanges) -> Article:
    values = changes.model_dump(exclude_unset=True)
    if slugify(values.get("title", article.title)) == slugify(article.title):
        return await save_article(session, article, values)
    old_slug = article.slug
    for slug in candidates(values["title"]):
        try:
            return await save_article(session, article, {**values, "slug": slug})
        except IntegrityError:
            await session.rollback()
            article = await get_article(session, old_slug)
    raise not_found("article")


async def save_article(session: AsyncSession, article: Article, values: dict[str, Any]) -> Article:
    article.change(values)
    try:
        await session.commit()
    except StaleDataError:
        await session.rollback()
        raise not_found("article") from None
    return await get_article(session, article.slug)


async def delete(session: AsyncSession, entity: Article | Comment) -> None:
    await session.delete(entity)
    try:
        await session.commit()
    except StaleDataError:
        await session.rollback()
        raise not_found(type(entity).__name__.lower()) from None


async def add_link(session: AsyncSession, statement: Any) -> None:
    """Add a favorite or a follow. One that is there stays."""
    try:
        async with session.begin_nested():
            await session.execute(statement)
    except IntegrityError:
        return  # it is there, or one end of it was deleted
    await session.commit()


async def remove_link(session: AsyncSession, statement: Any) -> None:
    await session.execute(statement)
    await session.commit()


async def add_comment(session: AsyncSession, author: User, article: Article, new: schemas.NewComment) -> Comment:
    comment = Comment(body=new.body, article_id=article.id, author_id=author.id, author=author)
    session.add(comment)
    try:
        await session.commit()
    except IntegrityError:
        await session.rollback()
        raise not_found("article") from None
    return comment
