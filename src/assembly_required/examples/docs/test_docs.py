"""Read the OpenAPI document of every example, and call what it describes."""

import re
import secrets

import pytest

TOKEN = secrets.token_hex()
ARTICLE = {"title": "On Flask", "body": "Text."}

# the status for data that breaks a documented limit
INVALID = {"apispec": 422, "fastapi": 422, "flask_smorest": 422, "plain": 422, "spectree": 422, "django": 400}
# SpecTree reads a body that is not JSON as {}
MALFORMED = {"apispec": 400, "fastapi": 422, "flask_smorest": 400, "plain": 400, "spectree": 422, "django": 400}
# where the document is; SpecTree needs a folder, because it leaves out all paths below it
PATH = {"spectree": "/apidoc/openapi.json"}
# where the message of an error is
MESSAGE = {"django": "detail", "fastapi": "detail"}


@pytest.fixture(scope="module")
def environment():
    return {"API_TOKEN": TOKEN}


@pytest.fixture
def document(example):
    answer = example.get(PATH.get(example.name, "/openapi.json"))
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"].startswith(("application/json", "application/vnd.oai.openapi+json"))
    return answer.json


def resolve(document, value):
    """Follow a reference inside the document."""
    while "$ref" in value:
        target = document
        for name in value["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        value = target
    return value


def read_operations(document):
    """Return the operations by method and path; the name of a path's parameter does not matter."""
    return {
        (method, re.sub(r"{\w+}", "{}", path)): {**item, **operation}
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    }


def read_schema(document, described):
    """Return the JSON Schema of a request body or a response."""
    (content,) = resolve(document, described)["content"].values()
    return resolve(document, content["schema"])


def post(example, token=TOKEN, **changes):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return example.post("/articles", value={**ARTICLE, **changes}, **headers)


def test_document_names_the_version_and_the_api(document):
    assert document["openapi"].startswith("3.")
    assert document["info"]["title"] == "Articles"


def test_document_lists_the_operations(document):
    operations = read_operations(document)
    assert {key for key in operations if "articles" in key[1]} == {
        ("get", "/articles"),
        ("post", "/articles"),
        ("get", "/articles/{}"),
    }
    assert "List the newest articles" in str(operations["get", "/articles"])


def test_document_describes_the_input(document):
    operation = read_operations(document)["post", "/articles"]
    schema = read_schema(document, operation["requestBody"])
    assert schema["properties"]["title"]["maxLength"] == 100
    assert schema["properties"]["title"]["minLength"] == 1
    assert set(schema["required"]) == {"title", "body"}


def test_document_describes_the_query(document):
    parameters = read_operations(document)["get", "/articles"]["parameters"]
    (limit,) = (each for each in parameters if each["name"] == "limit")
    assert limit["in"] == "query"
    schema = resolve(document, limit["schema"])
    assert (schema["type"], schema["minimum"], schema["maximum"]) == ("integer", 1, 100)


def test_document_describes_the_path(document):
    parameters = read_operations(document)["get", "/articles/{}"]["parameters"]
    (id_,) = (resolve(document, each) for each in parameters)
    assert id_["in"] == "path"
    assert id_["required"] is True
    assert id_["schema"]["type"] == "integer"


def test_document_describes_the_output(document):
    operations = read_operations(document)
    one = read_schema(document, operations["get", "/articles/{}"]["responses"]["200"])
    assert set(one["properties"]) == {"id", "title", "body"}
    many = read_schema(document, operations["get", "/articles"]["responses"]["200"])
    assert many["type"] == "array"
    assert resolve(document, many["items"]) == one
    assert "201" in operations["post", "/articles"]["responses"]


def test_document_describes_the_errors(example, document):
    operations = read_operations(document)
    name = MESSAGE.get(example.name, "message")
    for key, status in [(("get", "/articles/{}"), "404"), (("post", "/articles"), "401")]:
        assert name in read_schema(document, operations[key]["responses"][status])["properties"]
    for key in [("get", "/articles"), ("post", "/articles")]:
        assert str(INVALID[example.name]) in operations[key]["responses"]


def test_document_describes_the_security_scheme(document):
    ((name, scheme),) = document["components"]["securitySchemes"].items()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    operations = read_operations(document)
    assert operations["post", "/articles"]["security"] == [{name: []}]
    for key in [("get", "/articles"), ("get", "/articles/{}")]:
        security = operations[key].get("security", document.get("security", []))
        assert not security or {} in security


def test_article_is_published_listed_and_shown(example):
    answer = post(example)
    assert answer.status == 201, answer.text
    assert answer.json == {"id": answer.json["id"], **ARTICLE}
    assert example.get(f"/articles/{answer.json['id']}").json == answer.json
    assert example.get("/articles?limit=1").json == [answer.json]


@pytest.mark.parametrize("token", [None, "wrong", "", "é"], ids=repr)
def test_publishing_needs_the_token(example, token):
    before = example.get("/articles").json
    answer = post(example, token=token and token.encode().decode("latin-1"))
    assert answer.status == 401
    assert answer.headers["www-authenticate"].lower().startswith("bearer")
    assert answer.json[MESSAGE.get(example.name, "message")]
    assert example.get("/articles").json == before


@pytest.mark.parametrize("changes", [{"title": ""}, {"title": "x" * 101}, {"title": None}, {"body": []}], ids=str)
def test_documented_limits_hold(example, changes):
    answer = post(example, **changes)
    assert answer.status == INVALID[example.name], answer.text
    assert answer.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "9" * 20])
def test_documented_limit_of_the_query_holds(example, limit):
    assert example.get(f"/articles?limit={limit}").status == INVALID[example.name]


def test_malformed_json_is_refused(example):
    answer = example.post("/articles", value=b"{", Authorization=f"Bearer {TOKEN}")
    assert answer.status == MALFORMED[example.name], answer.text


def test_unknown_article_is_not_found(example):
    answer = example.get("/articles/99999")
    assert answer.status == 404
    assert answer.json[MESSAGE.get(example.name, "message")].startswith("Article not found")
