"""What every option of ``validation`` does, beyond what the contract can see from outside."""

from typing import Any

import pytest
from flask import Flask

from assembly_required.assembly import assembled
from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.examples import EXAMPLES
from assembly_required.conduit.operations import operations
from assembly_required.interfaces import Validation

TAKEN = sorted({operation.takes for operation in operations if operation.takes})


@pytest.fixture(scope="module")
def validation(app: Flask) -> Validation:
    return assembled(app).validation


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


def test_names_on_the_wire_are_in_camel_case_only(validation: Validation) -> None:
    assert validation.loader("UpdateArticle")({"article": {"tag_list": ["a"]}}) == {}


def test_the_sender_keeps_what_he_sent(validation: Validation) -> None:
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
