"""The people of the contract: each with a token, and able to write.

*In Django* factory-boy, usually.

*Here* everything is made through the API itself, since the server may be anywhere.

*What it costs*: a broken registration fails every case; the first line of the first failure says so.

*Next*: :mod:`assembly_required.contract.expect`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from .client import Answer, Client

PASSWORD = "password123"


def unique(word: str) -> str:
    """A name nobody has yet, made of lower-case letters, digits and an underscore."""
    return f"{word}_{uuid4().hex[:12]}"


@dataclass(frozen=True)
class Person(Client):
    """A user who is signed in."""

    username: str = ""
    email: str = ""

    def publish(self, **fields: Any) -> dict[str, Any]:
        """Publish an article; fields that are not named are made up. Answers the article."""
        made_up = {"title": unique("Title"), "description": "About", "body": "Text"}
        answer = self.post("/articles", {"article": {**made_up, **fields}})
        assert answer.status == 201, answer.body
        article: dict[str, Any] = answer.json["article"]
        return article

    def comment(self, slug: str, body: str = "Well said") -> dict[str, Any]:
        """Comment on an article. Answers the comment."""
        answer = self.post(f"/articles/{slug}/comments", {"comment": {"body": body}})
        assert answer.status == 201, answer.body
        comment: dict[str, Any] = answer.json["comment"]
        return comment

    @property
    def profile(self) -> dict[str, Any]:
        """The profile of somebody new, as he and strangers see it."""
        return {"username": self.username, "bio": None, "image": None, "following": False}


@dataclass(frozen=True)
class People:
    """Makes users.

    :param anyone: a caller without a token.
    """

    anyone: Client

    def new(self, name: str = "user") -> Person:
        """Register somebody."""
        username = unique(name)
        email = f"{username}@test.com"
        answer = self.register(username, email)
        assert answer.status == 201, answer.body
        return Person(self.anyone.send, answer.json["user"]["token"], username, email)

    def register(self, username: str, email: str, password: str = PASSWORD) -> Answer:
        """Ask for a registration, whatever comes of it."""
        return self.anyone.post("/users", {"user": {"username": username, "email": email, "password": password}})

    def log_in(self, email: str, password: str = PASSWORD) -> Answer:
        """Ask for a login, whatever comes of it."""
        return self.anyone.post("/users/login", {"user": {"email": email, "password": password}})
