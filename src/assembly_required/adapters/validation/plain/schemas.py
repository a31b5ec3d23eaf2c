"""The shapes of the request bodies, and the functions that build the response bodies.

*In Django* a view that returns ``JsonResponse({"title": article.title, ...})``.

*Here* each response is written out key by key, so no field is sent by accident. Its JSON Schema is written beside it.

*What it costs*: the code of a response and its JSON Schema are separate. Only a test ensures that they agree.

*Next*: :mod:`assembly_required.adapters.validation.marshmallow`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ....conduit import limits
from ....conduit.model import Article, Comment, Profile, SignedIn, timestamp
from .fields import Number, Schema, Shape, Text, Texts, Username, describe

EMAIL = Text(limits.EMAIL, form=limits.EMAIL_FORM, required=True)

NEW_USER: Shape = {
    "username": Username(limits.USERNAME, form=limits.USERNAME_FORM, required=True),
    "email": EMAIL,
    "password": Text(limits.PASSWORD, minimum=limits.PASSWORD_MIN, required=True),
}
LOGIN: Shape = {"email": EMAIL, "password": Text(limits.PASSWORD, required=True)}
NEW_ARTICLE: Shape = {
    "title": Text(limits.TITLE, form=limits.LINE_FORM, required=True),
    "description": Text(limits.DESCRIPTION, form=limits.LINE_FORM, required=True),
    "body": Text(limits.BODY, form=limits.TEXT_FORM, required=True),
    "tagList": Texts(Text(limits.TAG, form=limits.LINE_FORM), limits.TAGS),
}
NEW_COMMENT: Shape = {"body": Text(limits.COMMENT, form=limits.TEXT_FORM, required=True)}


def partial(shape: Shape) -> Shape:
    """Return a shape with the same fields, none of them required."""
    return {name: replace(field, required=False) for name, field in shape.items()}


UPDATE_USER: Shape = {
    **partial(NEW_USER),
    "bio": Text(limits.BIO, form=limits.TEXT_FORM, blank=True, null=True),
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
"""The envelope and the shape of each request body."""

QUERIES: dict[str, Shape] = {"Page": PAGE, "ArticleFilter": ARTICLE_FILTER}

FIELDS = {"tagList": "tag_list"}
"""The names in Python that differ from the names in JSON."""


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
    "User": lambda values: {"user": user(values["user"])},
    "Profile": lambda values: {"profile": profile(values["profile"])},
    "Article": lambda values: {"article": article(values["article"])},
    "Articles": lambda values: {
        "articles": [preview(each) for each in values["articles"]],
        "articlesCount": values["articles_count"],
    },
    "Comment": lambda values: {"comment": comment(values["comment"])},
    "Comments": lambda values: {"comments": [comment(each) for each in values["comments"]]},
    "Tags": lambda values: {"tags": values["tags"]},
}
"""The function that builds each response body."""

STRING, NULLABLE, BOOLEAN = {"type": "string"}, {"type": ["string", "null"]}, {"type": "boolean"}
INSTANT, INTEGER, STRINGS = (
    {"type": "string", "format": "date-time"},
    {"type": "integer"},
    {"type": "array", "items": STRING},
)


def complete(**properties: Schema) -> Schema:
    """Describe an object in which all properties are required."""
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
"""The JSON Schemas, by their names in the OpenAPI document."""
