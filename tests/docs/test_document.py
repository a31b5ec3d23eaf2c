"""The OpenAPI document: valid, complete, and true."""

import re
from http import HTTPStatus
from importlib import import_module
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from assembly_required.conduit import limits
from assembly_required.conduit.examples import EXAMPLES
from assembly_required.conduit.operation import Operation
from assembly_required.conduit.operations import operations
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import fits
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp, options
from tests.normalise import document_of, normal_document, normal_schema


@pytest.fixture(scope="module", params=SLOTS["docs"].names)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app for each option of ``docs``."""
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK_DOCS=request.param)


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    return document_of(app)


def described(document: dict[str, Any], operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][f"/api{operation.path}"][operation.method.lower()]
    return found


def resolved(document: dict[str, Any], thing: dict[str, Any]) -> dict[str, Any]:
    """What a reference refers to."""
    while "$ref" in thing:
        target: Any = document
        for part in thing["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        thing = target
    return thing


def schema_of(document: dict[str, Any], content: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**content["application/json"]["schema"], "components": document["components"]})


def by_id(operation: Operation) -> str:
    return operation.id


every_operation = pytest.mark.parametrize("operation", operations, ids=by_id)


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_has_every_operation_and_no_other(document: dict[str, Any]) -> None:
    there = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert there == {(operation.method, f"/api{operation.path}") for operation in operations}
    ids = [described(document, operation)["operationId"] for operation in operations]
    assert ids == [operation.id for operation in operations]


@every_operation
def test_it_says_what_an_operation_does(document: dict[str, Any], operation: Operation) -> None:
    found = described(document, operation)
    assert found["summary"] == operation.summary
    assert found["tags"] == [operation.tag]


@every_operation
def test_it_names_every_status(document: dict[str, Any], operation: Operation) -> None:
    assert {int(status) for status in described(document, operation)["responses"]} == operation.statuses


@every_operation
def test_it_says_who_may_call(document: dict[str, Any], operation: Operation) -> None:
    expected = {"anyone": None, "optional": [{}, {"token": []}], "user": [{"token": []}]}
    assert described(document, operation).get("security") == expected[operation.caller]


def test_it_says_how_to_send_a_token(document: dict[str, Any]) -> None:
    scheme = document["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "Authorization")
    assert "`Token " in scheme["description"]


@every_operation
def test_it_describes_the_path(document: dict[str, Any], operation: Operation) -> None:
    path = document["paths"][f"/api{operation.path}"]
    parameters = [*path.get("parameters", []), *described(document, operation).get("parameters", [])]
    named = {each["name"]: each["schema"]["type"] for each in parameters if each["in"] == "path"}
    assert named == {name: "integer" if name == "id" else "string" for name in re.findall(r"\{(\w+)\}", operation.path)}


def test_it_describes_the_query(document: dict[str, Any]) -> None:
    for operation in operations:
        query = [each for each in described(document, operation).get("parameters", []) if each["in"] == "query"]
        names = {"ArticleFilter": ["author", "favorited", "limit", "offset", "tag"], "Page": ["limit", "offset"]}
        assert sorted(each["name"] for each in query) == names.get(operation.query or "", [])
        for each in query:
            if each["name"] == "limit":
                assert each["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}


@every_operation
def test_the_example_of_a_payload_is_one(document: dict[str, Any], operation: Operation) -> None:
    if operation.takes is None:
        assert "requestBody" not in described(document, operation)
        return
    body = described(document, operation)["requestBody"]
    assert body["required"] is True
    assert body["content"]["application/json"]["example"] == EXAMPLES[operation.takes]
    schema = schema_of(document, body["content"])
    schema.validate(EXAMPLES[operation.takes])
    assert not schema.is_valid({})


@every_operation
def test_the_examples_of_answers_are_some(document: dict[str, Any], operation: Operation) -> None:
    for status, response in described(document, operation)["responses"].items():
        response = resolved(document, response)
        assert response["description"] == HTTPStatus(int(status)).phrase
        if int(status) == 204:
            assert "content" not in response
            continue
        example = response["content"]["application/json"]["example"]
        assert example == EXAMPLES[operation.gives or ""] if int(status) == operation.status else "errors" in example
        schema_of(document, response["content"]).validate(example)


def test_it_says_the_limits(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    title, password, tags = (
        schemas["NewArticle"]["properties"]["title"],
        schemas["NewUser"]["properties"]["password"],
        schemas["NewArticle"]["properties"]["tagList"],
    )
    assert title["maxLength"] == limits.TITLE
    assert (password["minLength"], password["maxLength"]) == (limits.PASSWORD_MIN, limits.PASSWORD)
    assert (tags["maxItems"], tags["items"]["maxLength"]) == (limits.TAGS, limits.TAG)
    assert sorted(schemas["NewArticle"]["required"]) == ["body", "description", "title"]
    assert "required" not in schemas["UpdateArticle"]
    assert schemas["UpdateUser"]["properties"]["bio"]["type"] == ["string", "null"]


def test_what_is_answered_is_what_is_described(document: dict[str, Any], app: Flask) -> None:
    people = People(Client(in_process(app)))
    user = people.new()
    article = user.publish(tagList=["a"])
    user.comment(article["slug"])
    for operation in operations:
        if operation.method == "GET":
            path = operation.path.replace("{slug}", article["slug"]).replace("{username}", user.username)
            answer = ok(user.get(path))
            response = described(document, operation)["responses"]["200"]
            schema_of(document, response["content"]).validate(answer)


@pytest.mark.parametrize("option", SLOTS["docs"].names)
def test_the_hand_written_resource_and_the_loop_are_the_same(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    module = import_module(f"assembly_required.adapters.docs.{option}")
    by_hand = make_app(STACK_DOCS=option)
    monkeypatch.setattr(module, "BY_HAND", ())
    monkeypatch.setattr(module, "route_comments", lambda *anything: None)
    folded = make_app(STACK_DOCS=option)
    assert document_of(folded)["paths"] == document_of(by_hand)["paths"]
    assert endpoints(folded) != endpoints(by_hand)
    assert conversation(folded) == conversation(by_hand)


def test_every_option_says_the_same(make_app: MakeApp) -> None:
    first, *others = (normal_document(document_of(make_app(STACK_DOCS=option))) for option in SLOTS["docs"].names)
    for other in others:
        assert other == first


FITTING = [
    (validation, docs)
    for validation in options("validation")
    for docs in options("docs")
    if fits({"validation": validation, "docs": docs})
]


@pytest.mark.parametrize(("validation", "docs"), FITTING)
def test_whatever_validates_and_describes_it_means_the_same(make_app: MakeApp, validation: str, docs: str) -> None:
    plain = document_of(make_app(STACK_VALIDATION="plain", STACK_DOCS="plain"))
    document = document_of(make_app(STACK_VALIDATION=validation, STACK_DOCS=docs))
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    assert set(document["components"]["schemas"]) == set(plain["components"]["schemas"])
    assert normal_schema(normal_document(document)) == normal_schema(normal_document(plain))


@pytest.mark.parametrize(("validation", "docs"), FITTING)
def test_a_payload_is_told_from_none(make_app: MakeApp, validation: str, docs: str) -> None:
    document = document_of(make_app(STACK_VALIDATION=validation, STACK_DOCS=docs))
    for operation in operations:
        if operation.takes:
            schema = schema_of(document, resolved(document, described(document, operation)["requestBody"])["content"])
            schema.validate(EXAMPLES[operation.takes])
            assert not schema.is_valid({})


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "comments" in rule.rule}


def conversation(app: Flask) -> list[tuple[int, str]]:
    """What the comments of an article answer to a little of everything, without what differs each time."""
    people = People(Client(in_process(app)))
    user, other = people.new(), people.new()
    path = f"/articles/{user.publish()['slug']}/comments"
    answers = [
        user.post(path, {"comment": {"body": "B"}}),
        user.post(path, {"comment": {"body": ""}}),
        user.post(path, b"{"),
        user.post(path),
        people.anyone.post(path),
        user.post("/articles/none/comments", b"{"),
        people.anyone.get(path),
        other.get(path),
        other.delete(f"{path}/1"),
        people.anyone.delete(f"{path}/1"),
        user.delete(f"{path}/x"),
        user.delete(f"{path}/1"),
        user.call("PUT", path),
    ]
    varying = re.compile(rf"{user.username}|\d{{4}}-[^\"]+Z")
    return [(answer.status, varying.sub("*", answer.body.decode())) for answer in answers]


def test_the_extension_keeps_its_hands_off_the_errors(app: Flask) -> None:
    assert app.test_client().get("/nothing").mimetype == "text/html"
    expect_error(Client(in_process(app)).get("/nothing"), 404, request="not found")


def test_an_empty_text_is_refused_by_the_schema_too(app: Flask, document: dict[str, Any]) -> None:
    refused = [("NewUser", "username"), ("Login", "password"), ("UpdateUser", "email"), ("NewArticle", "title")]
    for name, field in [*refused, ("UpdateArticle", "body"), ("NewComment", "body")]:
        assert document["components"]["schemas"][name]["properties"][field]["minLength"] == 1
    properties = document["components"]["schemas"]["NewArticle"]["properties"]
    assert resolved(document, properties["tagList"])["items"]["minLength"] == 1


@pytest.mark.parametrize("method", ["PUT", "POST", "OPTIONS"])
def test_the_methods_of_a_fixed_path(app: Flask, method: str) -> None:
    """They are not those of ``/articles/{slug}``, which matches the same path."""
    for path, allowed in (("feed", {"GET"}), ("feeds", {"GET", "PUT", "DELETE"})):
        answer = app.test_client().open(f"/api/articles/{path}", method=method)
        if answer.status_code != 401:
            assert set(answer.allow) == {*allowed, "HEAD", "OPTIONS"}
            assert answer.status_code == (200 if method == "OPTIONS" else 405)
    assert app.test_client().put("/api/articles/feed").status_code == 405
    assert app.test_client().post("/api/articles/feed/favorite").status_code == 401
