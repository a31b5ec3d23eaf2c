"""Users for the tests, created through the API itself, because the server may run anywhere.

If registration is broken, every test fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from .client import Answer, Client

PASSWORD = "password123"


def unique(word: str) -> str:
    """Return a new name that starts with a word and ends with random digits."""
    return f"{word}_{uuid4().hex[:12]}"


@dataclass(frozen=True)
class Person(Client):
    """A user with a token."""

    username: str = ""
    email: str = ""

    def publish(self, **fields: Any) -> dict[str, Any]:
        """Publish an article and return it. Missing fields get a default."""
        defaults = {"title": unique("Title"), "description": "About", "body": "Text"}
        answer = self.post("/articles", {"article": {**defaults, **fields}})
        assert answer.status == 201, answer.body
        article: dict[str, Any] = answer.json["article"]
        return article

    def comment(self, slug: str, body: str = "Well said") -> dict[str, Any]:
        """Comment on an article and return the comment."""
        answer = self.post(f"/articles/{slug}/comments", {"comment": {"body": body}})
        assert answer.status == 201, answer.body
        comment: dict[str, Any] = answer.json["comment"]
        return comment

    @property
    def profile(self) -> dict[str, Any]:
        """The profile of a new user, as they and strangers see it."""
        return {"username": self.username, "bio": None, "image": None, "following": False}


@dataclass(frozen=True)
class People:
    """Create users.

    :param anyone: a caller without a token.
    """

    anyone: Client

    def new(self, name: str = "user") -> Person:
        """Register a user with a unique name."""
        username = unique(name)
        email = f"{username}@test.com"
        answer = self.register(username, email)
        assert answer.status == 201, answer.body
        return Person(self.anyone.send, answer.json["user"]["token"], username, email)

    def register(self, username: str, email: str, password: str = PASSWORD) -> Answer:
        """Send a registration and return the response, even if it is an error."""
        return self.anyone.post("/users", {"user": {"username": username, "email": email, "password": password}})

    def log_in(self, email: str, password: str = PASSWORD) -> Answer:
        """Send a login and return the response, even if it is an error."""
        return self.anyone.post("/users/login", {"user": {"email": email, "password": password}})
