"""The number of SQL statements of a request does not grow with what is in its answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

AUTHORS = [f"author{number}" for number in range(4)]
PASSWORD = "correct horse"

Headers = dict[str, str]


@contextmanager
def record_statements() -> Iterator[list[str]]:
    """Record what all engines send, the asynchronous ones too."""
    sent: list[str] = []

    def add(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", add)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", add)


def register(client: TestClient, username: str) -> Headers:
    user = {"username": username, "email": f"{username}@example.com", "password": PASSWORD}
    response = client.post("/api/users", json={"user": user})
    return {"Authorization": f"Token {response.json()['user']['token']}"}


def publish(client: TestClient, author: Headers, reader: Headers) -> str:
    """Publish an article with two tags, which the reader likes. Return its slug."""
    article = {"title": "Title", "description": "About", "body": "Text", "tagList": ["one", "two"]}
    response = client.post("/api/articles", json={"article": article}, headers=author)
    slug: str = response.json()["article"]["slug"]
    assert client.post(f"/api/articles/{slug}/favorite", headers=reader).status_code == 200
    return slug


@pytest.fixture(scope="session")
def authors(client: TestClient) -> list[Headers]:
    return [register(client, name) for name in AUTHORS]


@pytest.fixture(scope="session")
def reader(client: TestClient, authors: list[Headers]) -> Headers:
    headers = register(client, "reader")
    for name in AUTHORS:
        assert client.post(f"/api/profiles/{name}/follow", headers=headers).status_code == 200
    return headers


def count(client: TestClient, path: str, headers: Headers | None = None) -> tuple[int, Any]:
    """Return the number of statements of a request, and its answer."""
    with record_statements() as sent:
        response = client.get(path, headers=headers)
    assert response.status_code == 200, response.text
    return len(sent), response.json()


@pytest.mark.parametrize(
    ("path", "as_reader", "number"),
    [
        ("/api/articles?tag=one", False, 3),  # the articles with their authors, their tags, the number of all
        ("/api/articles", False, 3),
        ("/api/articles", True, 6),  # and the reader, what they like, whom they follow
        ("/api/articles?author=author1", True, 6),
        ("/api/articles?favorited=reader", True, 6),
        ("/api/articles?tag=one&author=author1&favorited=reader", True, 6),
        ("/api/articles/feed", True, 6),
        ("/api/articles?offset=1", True, 6),
    ],
)
def test_a_list(
    client: TestClient, authors: list[Headers], reader: Headers, path: str, as_reader: bool, number: int
) -> None:
    lengths = []
    for _ in range(2):
        for author in authors:
            publish(client, author, reader)
        sent, answer = count(client, path, reader if as_reader else None)
        assert sent == number
        lengths.append(len(answer["articles"]))
    assert 0 < lengths[0] <= lengths[1]


@pytest.mark.parametrize(("as_reader", "number"), [(False, 2), (True, 5)])
def test_an_article(client: TestClient, authors: list[Headers], reader: Headers, as_reader: bool, number: int) -> None:
    """The article with its author, and its tags. A reader costs three more."""
    path = f"/api/articles/{publish(client, authors[0], reader)}"
    assert count(client, path, reader if as_reader else None)[0] == number


@pytest.mark.parametrize(("as_reader", "number"), [(False, 3), (True, 5)])
def test_comments(client: TestClient, authors: list[Headers], reader: Headers, as_reader: bool, number: int) -> None:
    """The article, its tags, and the comments with their authors. A reader costs two more."""
    path = f"/api/articles/{publish(client, authors[0], reader)}/comments"
    for length in (4, 8):
        for author in authors:
            client.post(path, json={"comment": {"body": "Text"}}, headers=author)
        sent, answer = count(client, path, reader if as_reader else None)
        assert (sent, len(answer["comments"])) == (number, length)
