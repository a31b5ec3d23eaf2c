"""Details of ``validation = pydantic``: where it replaces pydantic's behaviour, and what pydantic does by default."""

import re
from datetime import datetime
from importlib.metadata import files
from typing import Annotated

import pytest
from flask import Flask
from pydantic import MISSING, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from assembly_required.adapters.validation.pydantic import build, translate
from assembly_required.adapters.validation.pydantic.schemas import (
    NewCommentRequest,
    NewUser,
    Page,
    Profile,
    UpdateArticleRequest,
    UpdateUser,
    present,
)
from assembly_required.conduit import limits, model
from assembly_required.conduit.errors import Invalid
from assembly_required.lab.weight import add_packages
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp


def types(error: ValidationError) -> list[str]:
    return [each["type"] for each in error.errors()]


def test_the_documentation_gives_way(make_app: MakeApp) -> None:
    docs = assembled(make_app(STACK_VALIDATION="pydantic")).choice["docs"]
    assert (docs.option.name, docs.why) == ("plain", "because validation = pydantic")


def test_it_brings_five_packages_and_one_is_compiled() -> None:
    brought = add_packages("pydantic", {})
    assert len(brought) == 5
    compiled = [name for name in brought if any(file.suffix in (".so", ".pyd") for file in files(name) or ())]
    assert compiled == ["pydantic-core"]


def test_absent_null_and_empty_are_three_things() -> None:
    assert UpdateUser.model_validate({}).bio is MISSING
    assert UpdateUser.model_validate({"bio": None}).bio is None
    assert UpdateUser.model_validate({"bio": ""}).bio == ""
    with pytest.raises(ValidationError) as raised:
        UpdateUser.model_validate({"username": None})
    assert types(raised.value) == ["string_type"]


def test_only_fields_that_were_sent_are_returned() -> None:
    page = Page.model_validate({"offset": "5"})
    assert (page.limit, page.model_fields_set) == (limits.PAGE_DEFAULT, {"offset"})
    assert build(Flask("any")).loader("Page")({"offset": "5"}) == {"offset": 5}
    request = UpdateArticleRequest.model_validate({"article": {"tagList": []}})
    assert (request.article.tag_list, request.article.model_fields_set) == ([], {"tag_list"})


def test_validating_bytes_would_accept_nan_and_reject_a_lone_surrogate() -> None:
    model = NewCommentRequest
    assert model.model_validate_json(b'{"comment": {"body": "B", "surplus": NaN}}').comment.body == "B"
    with pytest.raises(ValidationError) as raised:
        model.model_validate_json(b'{"comment": {"body": "\\ud800"}}')
    assert types(raised.value) == ["json_invalid"]


def test_pydantic_names_the_first_constraint_and_this_project_all() -> None:
    alone = TypeAdapter(Annotated[str, Field(max_length=limits.USERNAME, pattern=re.compile(limits.USERNAME_FORM))])
    with pytest.raises(ValidationError) as raised:
        alone.validate_python("a/" * 50)
    assert types(raised.value) == ["string_too_long"]
    with pytest.raises(ValidationError) as raised:
        NewUser.model_validate({"username": "a/" * 50, "email": "a@b.de", "password": "password123"})
    assert types(raised.value) == ["string_too_long", "string_pattern_mismatch"]


def test_the_last_validator_of_an_annotation_runs_first() -> None:
    first, last = BeforeValidator(lambda text: text + "1"), BeforeValidator(lambda text: text + "2")
    assert TypeAdapter(Annotated[str, first, last]).validate_python("") == "21"


def test_pydantic_converts_what_the_api_refuses() -> None:
    number = TypeAdapter(int)
    assert number.validate_python("5.0") == 5
    with pytest.raises(ValidationError):
        number.validate_python("\N{ARABIC-INDIC DIGIT FIVE}")
    load = build(Flask("any")).loader("Page")
    assert load({"limit": "\N{ARABIC-INDIC DIGIT FIVE}"})["limit"] == 5
    with pytest.raises(Invalid):
        load({"limit": "5.0"})


def test_pydantic_drops_the_digits_of_a_second_that_are_zero() -> None:
    assert TypeAdapter(datetime).dump_json(datetime(2026, 2, 18)) == b'"2026-02-18T00:00:00"'


def test_one_base_for_both_directions_would_take_names_of_python() -> None:
    class Both(BaseModel):
        model_config = ConfigDict(populate_by_name=True)
        tag_list: list[str] = Field(alias="tagList")

    assert Both.model_validate({"tag_list": ["a"]}).tag_list == ["a"]


def test_what_goes_out_is_validated() -> None:
    with pytest.raises(ValidationError):
        Profile.model_validate(model.Profile(1, "ana", None, None, following=None))  # type: ignore[arg-type]


def test_titles_are_left_out() -> None:
    assert "title" in NewUser.model_json_schema()
    described = build(Flask("any")).json_schemas()
    assert all("title" not in schema for schema in described.values())
    assert {f"{name}Request" for name in ("NewUser", "Login", "UpdateUser", "NewArticle")} <= described.keys()


def test_every_kind_of_error_is_told_by_its_type() -> None:
    class Anything(BaseModel):
        text: Annotated[str, BeforeValidator(present)]

    def said(value: object) -> str:
        with pytest.raises(ValidationError) as raised:
            Anything.model_validate(value)
        return translate(raised.value.errors()[0])

    assert said({}) == said({"text": None}) == said({"text": " "}) == said([]) == limits.BLANK
    assert said({"text": 1}) == said({"text": "\0"}) == limits.INVALID
