"""Details of ``validation = django``, and the settings that all options called ``django`` share."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import files
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import assembly_required.adapters.shared.django_settings  # noqa: F401 (REST framework reads settings when it is imported)

# isort: split
from rest_framework import serializers
from rest_framework.schemas.openapi import AutoSchema

from assembly_required.adapters.validation.django import build
from assembly_required.adapters.validation.django.schemas import (
    SCHEMAS,
    NewUser,
    OfForm,
    Profile,
    Text,
    Timestamp,
    UpdateUser,
)
from assembly_required.conduit import limits, model
from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.examples import EXAMPLES
from assembly_required.lab.weight import add_packages
from assembly_required.stack.assembly import assembled
from tests.conftest import ROOT, MakeApp


def codes(check: Callable[[], Any]) -> Any:
    with pytest.raises(serializers.ValidationError) as raised:
        check()
    return raised.value.get_codes()


def test_the_documentation_gives_way(make_app: MakeApp) -> None:
    docs = assembled(make_app(STACK_VALIDATION="django")).choice["docs"]
    assert (docs.option.name, docs.why) == ("plain", "because validation = django")


def test_it_brings_django_and_nothing_compiled() -> None:
    brought = add_packages("djangorestframework", {})
    assert {"django", "djangorestframework"} <= brought.keys()
    assert not any(file.suffix in (".so", ".pyd") for name in brought for file in files(name) or ())


def test_rest_framework_converts_and_trims_what_the_api_refuses_or_keeps() -> None:
    text, number = serializers.CharField(), serializers.IntegerField()
    assert (text.run_validation(5), text.run_validation(" a "), number.run_validation("5.0")) == ("5", "a", 5)
    assert codes(lambda: Text().run_validation(5)) == ["invalid"]
    assert Text().run_validation(" a ") == " a "
    with pytest.raises(Invalid):
        build(Flask("any")).loader("Page")({"limit": "5.0"})


def test_a_text_of_a_form_ends_with_it() -> None:
    assert serializers.RegexField("^a$", trim_whitespace=False).run_validation("a\n") == "a\n"
    assert codes(lambda: Text(form="^a$").run_validation("a\n")) == ["invalid"]
    assert OfForm("^a$")("a") is None


def test_rest_framework_drops_the_digits_of_a_second_that_are_zero() -> None:
    assert serializers.DateTimeField().to_representation(datetime(2026, 2, 18)) == "2026-02-18T00:00:00"
    assert Timestamp().to_representation(datetime(2026, 2, 18)) == model.timestamp(datetime(2026, 2, 18))


def test_partial_counts_on_the_outermost_serializer_only() -> None:
    class Inside(serializers.Serializer[Any]):
        user = NewUser(partial=True)

    assert codes(lambda: Inside().run_validation({"user": {}}))["user"].keys() == {"username", "email", "password"}
    assert Inside(partial=True).run_validation({}) == {}
    assert UpdateUser().run_validation({}) == {}
    assert all(field.required for field in NewUser().fields.values())


def test_a_serializer_of_ones_own_has_fields_of_its_own() -> None:
    one, other = NewUser(), NewUser()
    assert one.fields["email"] is not other.fields["email"]


@pytest.mark.parametrize("name", ["NewUser", "Login", "UpdateUser", "NewArticle", "UpdateArticle", "NewComment"])
def test_one_serializer_loads_what_one_for_each_request_loads(name: str) -> None:
    fresh = SCHEMAS[name](data=EXAMPLES[name])
    fresh.is_valid(raise_exception=True)
    load = build(Flask("any")).loader(name)
    with pytest.raises(Invalid):
        load({})
    assert load(EXAMPLES[name]) == load(EXAMPLES[name]) == fresh.validated_data


def test_what_goes_out_is_converted_and_not_checked() -> None:
    odd = model.Profile(1, 5, None, None, following="yes")  # type: ignore[arg-type]
    assert Profile().to_representation(odd) == {"username": "5", "bio": None, "image": None, "following": True}


def test_rest_framework_by_itself_describes_openapi_3_0() -> None:
    described = AutoSchema().map_serializer(SCHEMAS["UpdateUser"]())["properties"]["user"]["properties"]["bio"]
    assert (described["type"], described["nullable"]) == ("string", True)
    tags = AutoSchema().map_serializer(SCHEMAS["NewArticle"]())["properties"]["article"]["properties"]["tagList"]
    assert tags == {"type": "array", "items": {"type": "string"}, "maxItems": limits.TAGS}


def test_all_that_is_wrong_has_the_words_of_the_api() -> None:
    wrong = {"username": "a/" * 50, "email": None, "password": "short"}
    with pytest.raises(Invalid) as raised:
        build(Flask("any")).loader("NewUser")({"user": wrong})
    assert raised.value.errors == {
        "username": [limits.too_long(limits.USERNAME), limits.INVALID],
        "email": [limits.BLANK],
        "password": [limits.too_short(limits.PASSWORD_MIN)],
    }


LIVE = """
import sys
from pathlib import Path
from assembly_required.lab.sandbox import ready_app
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import ok
from assembly_required.contract.people import People

def live(name, **stack):
    app = ready_app(Path({instance!r}) / name, Path({root!r}), **stack)
    article = {{"title": "T", "description": "D", "body": "B", "tagList": [name]}}

    def again():
        people = People(Client(in_process(app)))
        user = people.new()
        ok(user.post("/articles", {{"article": article}}), 201)
        assert ok(people.anyone.get("/tags"))["tags"] == [name]
        assert ok(user.get(f"/articles?author={{user.username}}"))["articlesCount"] == 1

    again()
    return again
"""


def run(instance: Path, code: str) -> None:
    """Runs in a new process, because Django can be configured only once in a process."""
    code = LIVE.format(instance=str(instance), root=str(ROOT)) + code
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.full
@pytest.mark.parametrize("slots", list(permutations(["orm", "validation", "hashing"])), ids="-".join)
def test_apps_with_other_parts_of_django_live_in_one_process(tmp_path: Path, slots: tuple[str, ...]) -> None:
    stacks = [{f"STACK_{slot.upper()}": "django"} for slot in slots]
    stacks.append({key: value for each in stacks for key, value in each.items()})
    lives = "\n".join(f"lives.append(live('app{number}', **{stack}))" for number, stack in enumerate(stacks))
    run(tmp_path, f"lives = []\n{lives}\nfor again in lives: again()\n")


def test_serializers_load_no_models_and_speak_english(tmp_path: Path) -> None:
    run(
        tmp_path,
        "live('app', STACK_VALIDATION='django', STACK_ORM='plain')\n"
        "from django.apps import apps\n"
        "assert not apps.apps_ready\n"
        "assert 'assembly_required.adapters.orm.django' not in sys.modules\n"
        "assert 'django.contrib.admin' in sys.modules  # AutoSchema brings it\n"
        "from rest_framework import serializers\n"
        "try: serializers.CharField(max_length=1).run_validation('ab')\n"
        "except serializers.ValidationError as error:\n"
        "    assert error.detail == ['Ensure this field has no more than 1 characters.'], error.detail\n"
        "else: assert False\n",
    )


def test_settings_configured_earlier_are_kept(tmp_path: Path) -> None:
    run(
        tmp_path,
        "from django.conf import settings\n"
        "settings.configure(TIME_ZONE='Europe/Berlin')\n"
        "live('app', STACK_VALIDATION='django')\n"
        "assert settings.TIME_ZONE == 'Europe/Berlin'\n",
    )
