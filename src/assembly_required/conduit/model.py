"""The objects of the blog: users, profiles, articles and comments.

They are dataclasses without any database code. Every store returns them, so handlers, schemas and templates work the
same with each ORM. They are not frozen, because ``frozen=True`` makes construction three times slower.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class User:
    """A user with the fields that only they see."""

    id: int
    username: str
    email: str
    bio: str | None
    image: str | None
    token_generation: int
    """The number that a token of this user must carry to be valid; raising it ends all tokens."""


@dataclass(slots=True)
class Account:
    """A user with the fields that are never shown.

    :param previous_email: the address that a mailed link can restore until ``previous_email_until``.
    """

    user: User
    password_hash: str
    confirmed_email: str | None
    previous_email: str | None
    previous_email_until: datetime | None


@dataclass(slots=True)
class Session:
    """A browser in which a user is signed in.

    :param key_hash: a hash of the key in the browser's cookie.
    :param signed_in_at: when the user gave their password.
    """

    key_hash: str
    user: User
    signed_in_at: datetime
    expires_at: datetime


@dataclass(slots=True)
class Caller:
    """What a token says about the caller of the API.

    :param generation: the user's ``token_generation`` when the token was issued.
    :param token: the token as it was sent.
    """

    user_id: int
    generation: int
    token: str


@dataclass(slots=True)
class SignedIn(User):
    """A user with their token, as the API returns them."""

    token: str


@dataclass(slots=True)
class Profile:
    """A user as others see them; ``following`` tells whether the viewer follows them."""

    id: int
    username: str
    bio: str | None
    image: str | None
    following: bool


@dataclass(slots=True)
class Article:
    """An article as one viewer sees it. ``body`` is ``None`` in lists, which do not load it."""

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
    """A comment on an article."""

    id: int
    body: str
    created_at: datetime
    updated_at: datetime
    author: Profile


def now() -> datetime:
    """Return the current time as naive UTC with microseconds, as all datetimes are stored.

    They are naive because SQLite stores no time zone. (Django calls this ``USE_TZ=False`` with ``TIME_ZONE="UTC"``.)
    """
    return datetime.now(UTC).replace(tzinfo=None)


def later(than: datetime) -> datetime:
    """Return the current time, but at least one microsecond after ``than``.

    >>> later(datetime.max - timedelta(days=1)) - (datetime.max - timedelta(days=1))
    datetime.timedelta(microseconds=1)
    """
    return max(now(), than + timedelta(microseconds=1))


def timestamp(instant: datetime) -> str:
    """Format a naive UTC time for JSON, with six digits of a second and ``Z``.

    >>> timestamp(datetime(2016, 2, 18, 3, 22, 56))
    '2016-02-18T03:22:56.000000Z'
    """
    return instant.isoformat("T", "microseconds") + "Z"
