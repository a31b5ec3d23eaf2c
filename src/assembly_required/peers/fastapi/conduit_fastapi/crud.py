"""Read and write through a session. Each function that writes is one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from . import queries, schemas, security
from .errors import not_found, taken, token_invalid, wrong_credentials
from .models import Article, ArticleTag, Comment, User, now
from .presenting import Marks, present_summary
from .slugs import candidates, slugify
from .throttling import Attempts


def register(session: Session, new: schemas.NewUser) -> User:
    password_hash = security.hash_password(new.password)
    user = User(username=new.username, email=new.email, password_hash=password_hash, token_generation=0)
    session.add(user)
    commit_user(session, username=new.username, email=new.email)
    return user


def authenticate(session: Session, login: schemas.Login, attempts: Attempts) -> User:
    attempts.check(login.email)
    user = session.scalar(queries.user_by_email(login.email))
    session.commit()  # no connection is held while the password is checked
    valid, updated_hash = security.verify_password(login.password, user and user.password_hash)
    if user is None or not valid:
        attempts.count_failure(login.email)
        raise wrong_credentials()
    if updated_hash is not None:
        user.password_hash = updated_hash
        session.commit()
    return user


def update_user(session: Session, user: User, changes: schemas.UserChanges) -> User:
    values = changes.model_dump(exclude_unset=True)
    if password := values.pop("password", None):
        user.password_hash = security.hash_password(password)
    for field, value in values.items():
        setattr(user, field, value or None)
    commit_user(session, username=values.get("username"), email=values.get("email"))
    return user


def commit_user(session: Session, username: str | None, email: str | None) -> None:
    """Commit, and say which value is taken if one is. The unique constraints decide, so a race has one winner."""
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        if email is not None and session.scalar(queries.user_by_email(email)):
            raise taken("email") from None
        raise taken("username") from None
    except StaleDataError:
        session.rollback()
        raise token_invalid() from None


def get_profile(session: Session, username: str) -> User:
    user = session.scalar(queries.user_by_username(username))
    if user is None:
        raise not_found("profile")
    return user


def get_article(session: Session, slug: str) -> Article:
    article = session.scalar(queries.article_by_slug(slug))
    if article is None:
        raise not_found("article")
    return article


def get_comment(session: Session, article: Article, id: int) -> Comment:
    comment = session.scalar(queries.comment_on(article, id))
    if comment is None:
        raise not_found("comment")
    return comment


def get_marks(session: Session, viewer: User | None, articles: Iterable[Article], users: Iterable[User]) -> Marks:
    """Read what the viewer likes and follows, in a statement each."""
    articles, users = list(articles), list(users)
    if viewer is None:
        return Marks()
    favorites = session.scalars(queries.favorite_ids(viewer, articles)).all() if articles else ()
    followed = session.scalars(queries.followed_ids(viewer, users)).all() if users else ()
    return Marks(set(favorites), set(followed))


def get_articles(
    session: Session, viewer: User | None, matching: Any, wanted: schemas.Page
) -> schemas.ArticlesResponse:
    articles = session.scalars(queries.page(matching, wanted)).all()
    count = session.scalar(queries.count(matching))
    marks = get_marks(session, viewer, articles, (article.author for article in articles))
    return schemas.ArticlesResponse(
        articles=[present_summary(article, marks) for article in articles], articles_count=count or 0
    )


def publish(session: Session, author: User, new: schemas.NewArticle) -> Article:
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
            session.commit()
        except IntegrityError:
            session.rollback()
            continue
        return get_article(session, slug)
    raise token_invalid()  # the slug was free, so the author is gone


def update_article(session: Session, article: Article, changes: schemas.ArticleChanges) -> Article:
    values = changes.model_dump(exclude_unset=True)
    if slugify(values.get("title", article.title)) == slugify(article.title):
        return save_article(session, article, values)
    old_slug = article.slug
    for slug in candidates(values["title"]):
        try:
            return save_article(session, article, {**values, "slug": slug})
        except IntegrityError:
            session.rollback()
            article = get_article(session, old_slug)
    raise not_found("article")


def save_article(session: Session, article: Article, values: dict[str, Any]) -> Article:
    article.change(values)
    try:
        session.commit()
    except StaleDataError:
        session.rollback()
        raise not_found("article") from None
    return get_article(session, article.slug)


def delete(session: Session, entity: Article | Comment) -> None:
    session.delete(entity)
    try:
        session.commit()
    except StaleDataError:
        session.rollback()
        raise not_found(type(entity).__name__.lower()) from None


def add_link(session: Session, statement: Any) -> None:
    """Add a favorite or a follow. One that is there stays."""
    try:
        with session.begin_nested():
            session.execute(statement)
    except IntegrityError:
        return  # it is there, or one end of it was deleted
    session.commit()


def remove_link(session: Session, statement: Any) -> None:
    session.execute(statement)
    session.commit()


def add_comment(session: Session, author: User, article: Article, new: schemas.NewComment) -> Comment:
    comment = Comment(body=new.body, article_id=article.id, author_id=author.id, author=author)
    session.add(comment)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise not_found("article") from None
    return comment
