"""The shapes of everything that comes in, and the functions for everything that goes out.

*In Django* a view that ends in ``JsonResponse({"title": article.title, ...})``.

*Here* the same: what goes out is spelt out, key by key, so that nothing leaves by accident. What can be described
is described in JSON Schema beside it.

*What it costs*: a function and its description are two things, and only a test keeps them together.

*Next*: :mod:`assembly_required.adapters.validation.marshmallow`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ....conduit import limits
from ....conduit.model import Article, Comment, Profile, SignedIn, timestamp
from .fields import Number, Schema, Shape, Text, Texts, describe

EMAIL = Text(limits.EMAIL, form=limits.EMAIL_FORM, required=True)

NEW_USER: Shape = {
    "username": Text(limits.USERNAME, form=limits.USERNAME_FORM, required=True),
    "email": EMAIL,
    "password": Text(limits.PASSWORD, minimum=limits.PASSWORD_MIN, required=True),
}
LOGIN: Shape = {"email": EMAIL, "password": Text(limits.PASSWORD, required=True)}
NEW_ARTICLE: Shape = {
    "title": Text(limits.TITLE, required=True),
    "description": Text(limits.DESCRIPTION, required=True),
    "body": Text(limits.BODY, required=True),
    "tagList": Texts(Text(limits.TAG), limits.TAGS),
}
NEW_COMMENT: Shape = {"body": Text(limits.COMMENT, required=True)}


def partial(shape: Shape) -> Shape:
    """The same fields, none of them required."""
    return {name: replace(field, required=False) for name, field in shape.items()}


UPDATE_USER: Shape = {
    **partial(NEW_USER),
    "bio": Text(limits.BIO, blank=True, null=True),
    "image": Text(limits.IMAGE, blank=True, null=True),
}
UPDATE_ARTICLE = partial(NEW_ARTICLE)

PAGE: Shape = {
    "limit": Number(1, limits.PAGE_MAX, limits.PAGE_DEFAULT),
    "offset": Number(0, limits.OFFSET_MAX, 0),
}
ARTICLE_FILTER: Shape = {**PAGE, **{name: Text(blank=True) for name in ("tag", "author", "favorited")}}

PAYLOADS: dict[str, tuple[str, Shape]] = {
    "NewUser": ("user", NEW_USER),
    "Login": ("user", LOGIN),
    "UpdateUser": ("user", UPDATE_USER),
    "NewArticle": ("article", NEW_ARTICLE),
    "UpdateArticle": ("article", UPDATE_ARTICLE),
    "NewComment": ("comment", NEW_COMMENT),
}
"""For each payload its envelope and its shape."""

QUERIES: dict[str, Shape] = {"Page": PAGE, "ArticleFilter": ARTICLE_FILTER}

FIELDS = {"tagList": "tag_list"}
"""Where the name on the wire is not the name of the field."""


def user(user: SignedIn) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "bio": user.bio,
        "image": user.image,
        "token": user.token,
    }


def profile(profile: Profile) -> dict[str, Any]:
    return {
        "username": profile.username,
        "bio": profile.bio,
        "image": profile.image,
        "following": profile.following,
    }


def preview(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "description": article.description,
        "tagList": article.tag_list,
        "createdAt": timestamp(article.created_at),
        "updatedAt": timestamp(article.updated_at),
        "favorited": article.favorited,
        "favoritesCount": article.favorites_count,
        "author": profile(article.author),
    }


def article(article: Article) -> dict[str, Any]:
    return {**preview(article), "body": article.body}


def comment(comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "body": comment.body,
        "createdAt": timestamp(comment.created_at),
        "updatedAt": timestamp(comment.updated_at),
        "author": profile(comment.author),
    }


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "User": lambda found: {"user": user(found["user"])},
    "Profile": lambda found: {"profile": profile(found["profile"])},
    "Article": lambda found: {"article": article(found["article"])},
    "Articles": lambda found: {
        "articles": [preview(each) for each in found["articles"]],
        "articlesCount": found["articles_count"],
    },
    "Comment": lambda found: {"comment": comment(found["comment"])},
    "Comments": lambda found: {"comments": [comment(each) for each in found["comments"]]},
    "Tags": lambda found: {"tags": found["tags"]},
}
"""For each answer the function that makes it."""

STRING, NULLABLE, BOOLEAN = {"type": "string"}, {"type": ["string", "null"]}, {"type": "boolean"}
INSTANT, INTEGER, STRINGS = (
    {"type": "string", "format": "date-time"},
    {"type": "integer"},
    {"type": "array", "items": STRING},
)


def complete(**properties: Schema) -> Schema:
    """An object that always has all of these."""
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def many(name: str) -> Schema:
    return {"type": "array", "items": ref(name)}


HEAD: dict[str, Schema] = {
    "slug": STRING,
    "title": STRING,
    "description": STRING,
    "tagList": STRINGS,
    "createdAt": INSTANT,
    "updatedAt": INSTANT,
    "favorited": BOOLEAN,
    "favoritesCount": INTEGER,
    "author": ref("Profile"),
}

COMPONENTS: dict[str, Schema] = {
    **{name: describe(shape) for name, (_, shape) in PAYLOADS.items()},
    **{
        f"{name}Request": {"type": "object", "properties": {envelope: ref(name)}, "required": [envelope]}
        for name, (envelope, _) in PAYLOADS.items()
    },
    **{name: describe(shape) for name, shape in QUERIES.items()},
    "User": complete(username=STRING, email=STRING, bio=NULLABLE, image=NULLABLE, token=STRING),
    "Profile": complete(username=STRING, bio=NULLABLE, image=NULLABLE, following=BOOLEAN),
    "Preview": complete(**HEAD),
    "Article": complete(**HEAD, body=STRING),
    "Comment": complete(id=INTEGER, body=STRING, createdAt=INSTANT, updatedAt=INSTANT, author=ref("Profile")),
    "UserResponse": complete(user=ref("User")),
    "ProfileResponse": complete(profile=ref("Profile")),
    "ArticleResponse": complete(article=ref("Article")),
    "ArticlesResponse": complete(articles=many("Preview"), articlesCount=INTEGER),
    "CommentResponse": complete(comment=ref("Comment")),
    "CommentsResponse": complete(comments=many("Comment")),
    "TagsResponse": complete(tags=STRINGS),
    "Errors": complete(errors={"type": "object", "additionalProperties": STRINGS}),
}
"""All of it in JSON Schema, by the names it has in the OpenAPI document."""
