"""One example for each schema that an operation names, as JSON on the wire.

Every docs adapter shows them. The tests load and dump each one through the validation slot, so an example that is
wrong fails.
"""

from typing import Any

_PROFILE = {"username": "ana", "bio": "Writes about snakes.", "image": None, "following": False}

_PREVIEW = {
    "slug": "assembly-required",
    "title": "Assembly required",
    "description": "What Django brings along, and what Flask lets you choose",
    "tagList": ["flask", "django"],
    "createdAt": "2026-02-18T03:22:56.637000Z",
    "updatedAt": "2026-02-18T03:22:56.637000Z",
    "favorited": False,
    "favoritesCount": 0,
    "author": _PROFILE,
}

_ARTICLE = {**_PREVIEW, "body": "A slot for each part, and one *contract*."}

_COMMENT = {
    "id": 1,
    "body": "Now show me the admin.",
    "createdAt": "2026-02-18T03:24:10.000000Z",
    "updatedAt": "2026-02-18T03:24:10.000000Z",
    "author": _PROFILE,
}

_WRITTEN = ("title", "description", "body", "tagList")

# "Login" is the account of the demo data, which a test compares with assembly_required.data.demo.
EXAMPLES: dict[str, dict[str, Any]] = {
    "NewUser": {"user": {"username": "ana", "email": "ana@example.com", "password": "correct horse"}},
    "Login": {"user": {"email": "demo@example.com", "password": "assembly-required"}},
    "UpdateUser": {"user": {"bio": "Writes about snakes."}},
    "NewArticle": {"article": {key: _ARTICLE[key] for key in _WRITTEN}},
    "UpdateArticle": {"article": {"body": "One more slot, and the same *contract*."}},
    "NewComment": {"comment": {"body": "Now show me the admin."}},
    "User": {
        "user": {
            "username": "ana",
            "email": "ana@example.com",
            "bio": None,
            "image": None,
            "token": "MQ.aZ3fQA.Yx0mOYJqyK2fzr7R1Yv5tKJr4pk",
        }
    },
    "Profile": {"profile": _PROFILE},
    "Article": {"article": _ARTICLE},
    "Articles": {"articles": [_PREVIEW], "articlesCount": 1},
    "Comment": {"comment": _COMMENT},
    "Comments": {"comments": [_COMMENT]},
    "Tags": {"tags": ["django", "flask"]},
}
