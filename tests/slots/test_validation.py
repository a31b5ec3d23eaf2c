"""Every option of ``validation``: what the contract cannot test over HTTP."""

from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import Any

import msgspec
import pydantic
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.examples import EXAMPLES
from assembly_required.conduit.model import Article, Profile
from assembly_required.conduit.operation import Operation
from assembly_required.conduit.operations import operations
from assembly_required.stack.interfaces import Validation
from assembly_required.stack.slots import SLOTS
from tests.conftest import options
from tests.normalise import normal_schema
from tests.slots.payloads import payloads

TAKEN = sorted({operation.takes for operation in operations if operation.takes})


OPTIONS = options("validation")
ONE_EACH = [each.name for each in SLOTS["validation"].options if any("first error" in no for no in each.cannot)]
"""The options that report one error of a text where the others report all."""


def option(name: str) -> Validation:
    build = import_module(name if "." in name else f"assembly_required.adapters.validation.{name}").build
    made: Validation = build(Flask("any"))
    return made


@pytest.fixture(scope="module", params=OPTIONS)
def validation(request: pytest.FixtureRequest) -> Validation:
    return option(request.param)


@pytest.mark.parametrize("name", TAKEN)
def test_the_examples_can_be_loaded(validation: Validation, name: str) -> None:
    (inside,) = EXAMPLES[name].values()
    assert validation.loader(name)(EXAMPLES[name]) == {
        {"tagList": "tag_list"}.get(key, key): value for key, value in inside.items()
    }


def test_loaded_is_what_was_sent_and_nothing_else(validation: Validation) -> None:
    load = validation.loader("UpdateUser")
    assert load({"user": {}}) == {}
    assert load({"user": {"bio": None, "image": "", "surplus": 1}}) == {"bio": None, "image": ""}


class PydanticProfile(pydantic.BaseModel):
    username: str | None = None
    bio: str | None = None


class MsgspecProfile(msgspec.Struct):
    username: str | None = None
    bio: str | None = None


def test_a_default_of_none_deletes_what_was_not_sent() -> None:
    saved = {"username": "ada", "bio": "Writes notes."}
    sent = {"username": "grace"}
    read = [
        PydanticProfile.model_validate(sent).model_dump(),
        msgspec.structs.asdict(msgspec.convert(sent, MsgspecProfile)),
    ]
    for changes in read:
        assert saved | changes == {"username": "grace", "bio": None}


def test_names_on_the_wire_are_in_camel_case_only(validation: Validation) -> None:
    assert validation.loader("UpdateArticle")({"article": {"tag_list": ["a"]}}) == {}


def test_loading_does_not_change_the_payload(validation: Validation) -> None:
    sent: dict[str, Any] = {"article": {"title": "T", "description": "D", "body": "B", "tagList": ["a"], "x": 1}}
    validation.loader("NewArticle")(sent)
    assert sent == {"article": {"title": "T", "description": "D", "body": "B", "tagList": ["a"], "x": 1}}


def test_a_refusal_is_flat(validation: Validation) -> None:
    with pytest.raises(Invalid) as raised:
        validation.loader("NewArticle")({"article": {"title": "", "body": 1, "tagList": ["", 1]}})
    assert raised.value.errors == {
        "title": ["can't be blank"],
        "description": ["can't be blank"],
        "body": ["is invalid"],
        "tagList": ["is invalid"],
    }


@pytest.mark.parametrize("name", OPTIONS)
def test_all_errors_of_a_field_are_reported(name: str) -> None:
    with pytest.raises(Invalid) as raised:
        option(name).loader("NewUser")({"user": {"username": "a/" * 50, "email": "x" * 300, "password": "short"}})
    errors = {
        "username": ["is too long (maximum is 64 characters)", "is invalid"],
        "email": ["is too long (maximum is 254 characters)", "is invalid"],
        "password": ["is too short (minimum is 8 characters)"],
    }
    assert raised.value.errors == {key: some[:1] if name in ONE_EACH else some for key, some in errors.items()}


@pytest.mark.parametrize("blank", [None, "", " \t\n" * 100])
def test_a_blank_text_is_only_blank(validation: Validation, blank: str | None) -> None:
    with pytest.raises(Invalid) as raised:
        validation.loader("NewUser")({"user": dict.fromkeys(("username", "email", "password"), blank)})
    assert raised.value.errors == {key: ["can't be blank"] for key in ("username", "email", "password")}


@pytest.mark.parametrize("kept", ["\0", "\ud800", "\0" * 2_000])
def test_a_text_that_no_database_keeps_is_only_invalid(validation: Validation, kept: str) -> None:
    with pytest.raises(Invalid) as raised:
        validation.loader("UpdateUser")({"user": dict.fromkeys(("username", "email", "bio"), kept)})
    assert raised.value.errors == {key: ["is invalid"] for key in ("username", "email", "bio")}


AUTHOR = Profile(7, "ana", None, "i", following=True)
ZERO, LATER = datetime(2026, 2, 18), datetime(2026, 2, 18, 3, 22, 56, 637)
ARTICLE = Article(3, "s", "T", "D", "B", ["b", "a"], ZERO, LATER, True, 2, AUTHOR)


def test_what_goes_out_is_what_was_named(validation: Validation) -> None:
    dumped = validation.dumper("Article")({"article": ARTICLE})
    assert dumped == {
        "article": {
            "slug": "s",
            "title": "T",
            "description": "D",
            "body": "B",
            "tagList": ["b", "a"],
            "createdAt": "2026-02-18T00:00:00.000000Z",
            "updatedAt": "2026-02-18T03:22:56.000637Z",
            "favorited": True,
            "favoritesCount": 2,
            "author": {"username": "ana", "bio": None, "image": "i", "following": True},
        }
    }


def test_a_list_has_no_bodies(validation: Validation) -> None:
    (preview,) = validation.dumper("Articles")({"articles": [replace(ARTICLE, body=None)], "articles_count": 1})[
        "articles"
    ]
    assert "body" not in preview


def test_half_a_pair_in_a_surplus_name(validation: Validation) -> None:
    assert validation.loader("NewComment")({"comment": {"body": "B", "\ud800": 1}, "\ud800": 1}) == {"body": "B"}


def outcome(name: str, schema: str, data: Any, first_only: bool = False) -> Any:
    """Load a payload with one option. Return the fields, or the errors of each field."""
    try:
        return option(name).loader(schema)(data)
    except Invalid as refusal:
        return {key: messages[:1] if first_only else messages for key, messages in sorted(refusal.errors.items())}


def assert_alike(schema: str, data: Any) -> None:
    """Every option gives the same result as the first, as far as it can."""
    for name in OPTIONS[1:]:
        first_only = name in ONE_EACH
        assert outcome(name, schema, data, first_only) == outcome(OPTIONS[0], schema, data, first_only), name


@pytest.mark.full
@pytest.mark.parametrize("operation", [each for each in operations if each.takes], ids=lambda operation: operation.id)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_option_answers_the_same_to_anything(operation: Operation, data: st.DataObject) -> None:
    sent = data.draw(payloads(operation))
    sent = sent if isinstance(sent, dict) else {}
    assert_alike(operation.takes or "", sent)


@settings(max_examples=60, deadline=None)
@given(
    query=st.dictionaries(
        st.sampled_from(["limit", "offset", "tag", "x"]), st.text(max_size=4) | st.from_regex("[0-9]+")
    )
)
def test_every_option_reads_a_query_alike(query: dict[str, str]) -> None:
    def numbers(loaded: Any) -> Any:
        return {"limit": 20, "offset": 0, **loaded} if not isinstance(loaded.get("limit"), list) else loaded

    first, *others = (numbers(outcome(name, "ArticleFilter", query, first_only=True)) for name in OPTIONS)
    assert all(other == first for other in others)


def test_every_option_describes_the_same_objects() -> None:
    first, *others = (normal_schema(option(name).json_schemas()) for name in OPTIONS)
    for other in others:
        assert other.keys() == first.keys()
        for name in first:
            assert other[name] == first[name], name
