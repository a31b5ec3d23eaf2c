"""What the blog is about: users, profiles, articles, comments.

*In Django* a model is a class, a table, a query API and a validation at once, and a view hands the model object to
the template or the serializer.

*Here* these are dataclasses that know nothing of tables. Whatever ORM is chosen, its store answers with them, so
that a handler, a schema or a template cannot tell which one it was.

*What it costs*: one construction for each row (about a microsecond), and a field that is added has to be added here
too. They use ``slots``, and are not frozen: ``frozen=True`` makes construction three times slower.

*Next*: :mod:`assembly_required.conduit.operation`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class User:
    """Somebody with an account, as he sees himself."""

    id: int
    username: str
    email: str
    bio: str | None
    image: str | None


@dataclass(slots=True)
class Account:
    """A user with what nobody is shown."""

    user: User
    password_hash: str
    confirmed_email: str | None


@dataclass(slots=True)
class SignedIn(User):
    """A user together with a fresh token: what register and login answer."""

    token: str


@dataclass(slots=True)
class Profile:
    """Somebody as others see him; ``following`` says whether the viewer follows him."""

    id: int
    username: str
    bio: str | None
    image: str | None
    following: bool


@dataclass(slots=True)
class Article:
    """An article as one viewer sees it; ``body`` is ``None`` in lists, which do not read it."""

    id: int
    slug: str
    title: str
    description: str
    body: str | None
    tag_list: list[str]
    created_at: datetime
    updated_at: datetime
    favorited: bool
    favorites_count: int
    author: Profile


@dataclass(slots=True)
class Comment:
    """A comment under an article."""

    id: int
    body: str
    created_at: datetime
    updated_at: datetime
    author: Profile


def now() -> datetime:
    """This instant as naive UTC with microseconds, which is how instants are stored.

    Naive, because SQLite keeps no zone and a driver that guesses one is worse than none; UTC is then the only zone
    there is. (Django calls this ``USE_TZ=False`` with ``TIME_ZONE="UTC"``.)
    """
    return datetime.now(UTC).replace(tzinfo=None)


def later(than: datetime) -> datetime:
    """This instant, or one microsecond after ``than`` where the clock has not moved on.

    >>> later(datetime.max - timedelta(days=1)) - (datetime.max - timedelta(days=1))
    datetime.timedelta(microseconds=1)
    """
    return max(now(), than + timedelta(microseconds=1))


def timestamp(instant: datetime) -> str:
    """An instant as it goes over the wire: always six digits of a second, ``Z`` for UTC.

    >>> timestamp(datetime(2016, 2, 18, 3, 22, 56))
    '2016-02-18T03:22:56.000000Z'
    """
    return instant.isoformat("T", "microseconds") + "Z"
