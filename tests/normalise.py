"""Reads OpenAPI documents and JSON Schemas, and leaves out differences that have no meaning."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask


def document_of(app: Flask) -> dict[str, Any]:
    response = app.test_client().get("/docs/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    found: dict[str, Any] = json.loads(response.data)
    return found


def normal_document(document: dict[str, Any]) -> dict[str, Any]:
    """What a document means: parameters in one place and order, required names in order."""
    for path in document["paths"].values():
        shared = path.pop("parameters", [])
        for operation in path.values():
            parameters = [*shared, *operation.pop("parameters", [])]
            for parameter in parameters:
                parameter["required"] = parameter.get("required", False)
                parameter["schema"].pop("minLength", None)
            operation["parameters"] = sorted(parameters, key=lambda each: (each["in"], each["name"]))
    for schema in document["components"]["schemas"].values():
        schema["required"] = sorted(schema.get("required", []))
    return document


def normal_schema(schema: Any) -> Any:
    """A schema without what does not matter: names of classes, the order of required names, how null is allowed."""
    if isinstance(schema, Mapping):
        if set(schema) == {"anyOf"}:
            some, _ = schema["anyOf"]
            assert schema["anyOf"] == [some, {"type": "null"}]
            return {**normal_schema(some), "type": [some["type"], "null"]}
        return {
            key: sorted(value) if key == "required" and isinstance(value, list) else normal_schema(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str)) and not (key == "required" and value == [])
        }
    if isinstance(schema, str):
        return schema.removesuffix(r"(?!\n)")  # behind $ it means the same in Python as $ alone in JSON Schema
    return [normal_schema(each) for each in schema] if isinstance(schema, list) else schema
