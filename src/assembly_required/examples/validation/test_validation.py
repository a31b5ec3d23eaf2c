"""Send the same articles, valid and invalid, to every example."""

import re

import pytest

AUTHOR = {"username": "ada", "bio": "Writes notes."}
ARTICLE = {"title": "On Flask", "body": "Text.", "published_on": "2026-05-04", "author": AUTHOR, "tags": ["a", "b"]}

# the status of an answer that refuses data
INVALID = {"marshmallow": 422, "plain": 422, "pydantic": 422, "fastapi": 422}
INVALID |= {"msgspec": 400, "django": 400, "django_in_flask": 400}
MALFORMED = {**INVALID, "marshmallow": 400, "plain": 400}
NOT_UTF8 = {**MALFORMED, "fastapi": 400}

# what each library does by default
IGNORES_UNKNOWN = {"pydantic", "fastapi", "msgspec", "django", "django_in_flask"}
CONVERTS_NUMBERS = {"django", "django_in_flask"}
TRIMS_SPACE = {"django", "django_in_flask"}
STOPS_AT_FIRST_ERROR = {"msgspec"}
NO_PATH_FOR_OWN_RULES = {"msgspec"}


def join_keys(value, path=""):
    """Return the paths of the lists of messages in nested objects."""
    if isinstance(value, dict):
        return {found for key, inner in value.items() for found in join_keys(inner, f"{path}.{key}".lstrip("."))}
    return {path}


def join_locations(errors, skip=0):
    return {".".join(map(str, error["loc"][skip:])) for error in errors}


def read_message(message):
    """Return the path in a message such as ``Expected `str`, got `int` - at `$.tags[1]```."""
    place = re.search(r"at `\$\.([^`]*)`$|missing required field `([^`]*)`", message)
    return {re.sub(r"\[(\d+)\]", r".\1", place[1] or place[2])} if place else set()


# where the fields with an error are named
FIELDS = {
    "marshmallow": join_keys,
    "plain": lambda answer: set(answer["errors"]),
    "pydantic": join_locations,
    "fastapi": lambda answer: join_locations(answer["detail"], skip=1),
    "msgspec": lambda answer: read_message(answer["error"]),
    "django": join_keys,
    "django_in_flask": join_keys,
}


def create(example, **changes):
    return example.post("/articles", value={**ARTICLE, **changes})


def refused_fields(example, answer):
    assert answer.status == INVALID[example.name], answer.text
    assert answer.headers["content-type"].startswith("application/json")
    return FIELDS[example.name](answer.json) - {""}


def test_article_is_created_and_shown(example):
    answer = create(example)
    assert answer.status == 201, answer.text
    assert answer.json == {**ARTICLE, "id": answer.json["id"], "slug": "on-flask"}
    assert example.get(f"/articles/{answer.json['id']}").json == answer.json


def test_defaults_are_filled_in(example):
    answer = example.post("/articles", value={"title": "T", "body": "", "author": {"username": "grace"}})
    assert answer.status == 201, answer.text
    assert answer.json["published_on"] is None
    assert answer.json["author"] == {"username": "grace", "bio": ""}
    assert answer.json["tags"] == []


@pytest.mark.parametrize(
    "change",
    [{}, {"title": "New"}, {"published_on": None}, {"tags": []}, {"author": {"username": "bob", "bio": "B"}}],
    ids=str,
)
def test_partial_change_keeps_the_rest(example, change):
    before = create(example).json
    answer = example.post(f"/articles/{before['id']}", value=change, method="PATCH")
    assert answer.status == 200, answer.text
    assert answer.json == {**before, **change, "slug": "new" if "title" in change else "on-flask"}
    assert example.get(f"/articles/{before['id']}").json == answer.json


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "x" * 101}),
        ("title", {"title": None}),
        ("body", {"body": ["text"]}),
        ("published_on", {"published_on": "2026-02-30"}),
        ("author", {"author": None}),
        ("author.username", {"author": {"username": "Ada L."}}),
        ("author.bio", {"author": {"username": "ada", "bio": []}}),
        ("tags", {"tags": "a"}),
        ("tags.1", {"tags": ["a", "x" * 21]}),
    ],
)
def test_wrong_value_is_refused_and_named(example, field, changes):
    fields = refused_fields(example, create(example, **changes))
    assert fields == {field}


def test_repeated_tag_is_refused(example):
    fields = refused_fields(example, create(example, tags=["a", "a"]))
    assert fields == (set() if example.name in NO_PATH_FOR_OWN_RULES else {"tags"})


def test_missing_field_is_named(example):
    article = {name: value for name, value in ARTICLE.items() if name != "title"}
    assert refused_fields(example, example.post("/articles", value=article)) == {"title"}


def test_several_errors_are_reported_together(example):
    fields = refused_fields(example, create(example, title="", author={"username": "?"}))
    assert fields == ({"title"} if example.name in STOPS_AT_FIRST_ERROR else {"title", "author.username"})


def test_invalid_change_changes_nothing(example):
    before = create(example).json
    answer = example.post(f"/articles/{before['id']}", value={"body": "New", "title": ""}, method="PATCH")
    assert refused_fields(example, answer) == {"title"}
    answer = example.post(f"/articles/{before['id']}", value={"body": "New", "tags": ["a", "a"]}, method="PATCH")
    refused_fields(example, answer)
    assert example.get(f"/articles/{before['id']}").json == before


def test_unknown_field_is_refused_or_ignored(example):
    answer = create(example, rating=5)
    if example.name in IGNORES_UNKNOWN:
        assert answer.status == 201, answer.text
        assert "rating" not in answer.json
    else:
        assert refused_fields(example, answer) == {"rating"}


def test_clients_cannot_choose_the_id(example):
    existing = create(example).json
    create(example, id=existing["id"], title="Another")
    assert example.get(f"/articles/{existing['id']}").json == existing


def test_number_as_a_title_is_refused_or_converted(example):
    answer = create(example, title=5)
    if example.name in CONVERTS_NUMBERS:
        assert answer.json["title"] == "5"
    else:
        assert refused_fields(example, answer) == {"title"}


def test_line_break_in_a_username_is_refused_or_removed(example):
    answer = create(example, author={"username": "ada\n"})
    if example.name in TRIMS_SPACE:
        assert answer.json["author"]["username"] == "ada"
    else:
        assert refused_fields(example, answer) == {"author.username"}


@pytest.mark.parametrize("body", [b"{", b""], ids=repr)
def test_malformed_json_is_refused(example, body):
    assert example.post("/articles", value=body).status == MALFORMED[example.name]


def test_bytes_that_are_not_utf8_are_refused(example):
    assert example.post("/articles", value=b'{"title": "\xff"}').status == NOT_UTF8[example.name]


@pytest.mark.parametrize("value", [[], "text", 5, None], ids=repr)
def test_other_json_than_an_object_is_refused(example, value):
    body = b"null" if value is None else value
    assert example.post("/articles", value=body).status == INVALID[example.name]


@pytest.mark.parametrize("field", ["title", "body", "author"])
def test_change_to_null_is_refused(example, field):
    article = create(example).json
    answer = example.post(f"/articles/{article['id']}", value={field: None}, method="PATCH")
    assert refused_fields(example, answer) == {field}


def test_unknown_article_is_not_found(example):
    assert example.get("/articles/99999").status == 404
    assert example.post("/articles/99999", value={"title": "T"}, method="PATCH").status == 404
