"""``validation = msgspec`` reads the texts of msgspec's errors. Its documentation does not guarantee them."""

from importlib.metadata import requires
from typing import Annotated, Any

import msgspec
import pytest

from assembly_required.adapters.validation.msgspec import MsgspecValidation
from assembly_required.adapters.validation.msgspec.schemas import SCHEMAS, Incoming, NewArticle, Outgoing, Page
from assembly_required.conduit import limits
from assembly_required.conduit.errors import Invalid

ARTICLE = {"title": "T", "description": "D", "body": "B"}


@pytest.mark.parametrize(
    ("name", "data", "key", "message"),
    [
        ("NewArticle", {}, "article", limits.BLANK),
        ("NewArticle", {"article": None}, "article", limits.BLANK),
        ("NewArticle", {"article": []}, "article", limits.BLANK),
        ("NewArticle", [], "body", limits.BLANK),
        ("NewArticle", {"article": {}}, "title", limits.BLANK),
        ("NewArticle", {"article": {**ARTICLE, "title": None}}, "title", limits.BLANK),
        ("NewArticle", {"article": {**ARTICLE, "title": {}}}, "title", limits.INVALID),
        ("NewArticle", {"article": {**ARTICLE, "title": "x" * 201}}, "title", limits.too_long(200)),
        ("NewArticle", {"article": {**ARTICLE, "tagList": None}}, "tagList", limits.BLANK),
        ("NewArticle", {"article": {**ARTICLE, "tagList": ["a"] * 21}}, "tagList", limits.INVALID),
        ("NewArticle", {"article": {**ARTICLE, "tagList": ["x" * 51]}}, "tagList", limits.INVALID),
        ("NewArticle", {"article": {**ARTICLE, "tagList": [None]}}, "tagList", limits.INVALID),
        ("UpdateUser", {"user": {"password": "short"}}, "password", limits.too_short(8)),
        ("UpdateUser", {"user": {"email": "x@y.de\n"}}, "email", limits.INVALID),
        ("UpdateUser", {"user": {"bio": 1}}, "bio", limits.INVALID),
        ("Page", {"limit": 101}, "limit", limits.INVALID),
    ],
)
def test_an_error_of_msgspec_in_our_words(name: str, data: Any, key: str, message: str) -> None:
    with pytest.raises(msgspec.ValidationError) as raised:
        msgspec.convert(data, SCHEMAS[name])
    assert MsgspecValidation().refusal(raised.value).errors == {key: [message]}


def test_a_struct_knows_all_rules_by_itself() -> None:
    with pytest.raises(Invalid) as raised:
        msgspec.json.decode(b'{"article": {"title": "T", "description": " ", "body": "B"}}', type=SCHEMAS["NewArticle"])
    assert raised.value.errors == {"description": [limits.BLANK]}


def test_decoding_bytes_would_stop_before_malformed_json_and_reject_a_lone_surrogate() -> None:
    with pytest.raises(msgspec.ValidationError, match="Expected `str`, got `int`"):
        msgspec.json.decode(b'{"comment": {"body": 1, ', type=SCHEMAS["NewComment"])
    with pytest.raises(msgspec.DecodeError, match="malformed"):
        msgspec.json.decode(b'{"comment": {"body": "\\ud800 is alone"}}', type=SCHEMAS["NewComment"])


@pytest.mark.parametrize(("text", "read"), [("1e2", 100), ("1.0", 1)])
def test_what_a_lax_conversion_takes_for_a_whole_number(text: str, read: int) -> None:
    assert msgspec.convert({"limit": text}, Page, strict=False).limit == read
    with pytest.raises(Invalid):
        MsgspecValidation().loader("Page")({"limit": text})


def test_what_a_lax_conversion_does_not_take_for_one() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"limit": "007"}, Page, strict=False)
    assert MsgspecValidation().loader("Page")({"limit": "007"})["limit"] == 7


def test_why_a_name_with_half_a_pair_is_looked_at_twice() -> None:
    with pytest.raises(UnicodeEncodeError):
        msgspec.convert({**ARTICLE, "\ud800": 1}, NewArticle)


def test_a_pattern_ends_before_a_line_does() -> None:
    assert msgspec.convert("a\n", Annotated[str, msgspec.Meta(pattern="^a$")]) == "a\n"


def test_no_docstring_of_ours_ends_up_in_the_document() -> None:
    described = MsgspecValidation().json_schemas()
    assert {Incoming.__name__, Outgoing.__name__}.isdisjoint(described)
    assert not any("description" in schema for schema in described.values())


def test_a_dict_is_read_by_the_names_on_the_wire() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `articles_count`"):
        msgspec.convert({"articles": [], "articles_count": 0}, SCHEMAS["Articles"], from_attributes=True)
    assert MsgspecValidation().dumper("Articles")({"articles": [], "articles_count": 0}) == {
        "articles": [],
        "articlesCount": 0,
    }


def test_it_brings_no_other_package() -> None:
    assert all("extra ==" in each for each in requires("msgspec") or [])
