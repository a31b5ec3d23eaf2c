"""``validation = pydantic``: models made from type hints, validated by a core written in Rust.

*In Django* a view calls ``serializer.is_valid()``, then reads ``serializer.validated_data`` or ``serializer.errors``.

*Here* ``model_validate`` returns a typed object, such as ``request.article.title``, or raises a ``ValidationError``.
``model_dump(exclude_unset=True)`` returns the fields that the client sent, without defaults; their names are in
``model_fields_set``. The error is a list of all problems. Each has a location (``("article", "tagList", 2)``), a
``type`` for programs, a ``ctx`` with the limit that was exceeded, and a ``msg`` for people. The adapter chooses the
message by ``type`` and ``ctx``. Responses are models too, so they are validated before they are sent.

*What it costs*: five packages, one of them compiled. Writing a list takes three times as long as with ``plain``; with
marshmallow it takes nine times as long. In its default mode pydantic converts values (``"5.0"`` to 5), which this API
does not allow.
``model_validate_json`` would parse and validate in one step, but it accepts ``NaN`` in fields that the model does not
have. It also rejects a whole body with half of a UTF-16 pair (``"\\ud800"``), where the contract names the field. So
the web layer parses the JSON.

*Next*: :mod:`assembly_required.adapters.validation.pydantic.schemas`.
"""

from typing import Any

from flask import Flask
from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import ErrorDetails, core_schema

from ....conduit.errors import Invalid
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from .schemas import REQUESTS, SCHEMAS, Incoming


class PydanticValidation:
    """Validate and serialize with pydantic."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        model = REQUESTS[name]

        def load(data: Any) -> dict[str, Any]:
            try:
                request = model.model_validate(data)
            except ValidationError as error:
                raise self.refusal(error) from None
            return request.payload().model_dump(exclude_unset=True)

        return load

    def dumper(self, name: str) -> Dumper:
        model = SCHEMAS[name]
        return lambda values: model.model_validate(values).model_dump(mode="json")

    def json_schemas(self) -> JSONSchemas:
        _, document = models_json_schema(
            [(model, "validation" if issubclass(model, Incoming) else "serialization") for model in SCHEMAS.values()],
            ref_template="#/components/schemas/{model}",
            schema_generator=Generator,
        )
        schemas: JSONSchemas = document["$defs"]
        return schemas

    def refusal(self, error: ValidationError) -> Invalid:
        errors: dict[str, list[str]] = {}
        for details in error.errors():
            field = [part for part in details["loc"] if isinstance(part, str)][-1]
            if (message := translate(details)) not in errors.setdefault(field, []):
                errors[field].append(message)
        return Invalid(errors)


def translate(error: ErrorDetails) -> str:
    """Return the API's message for an error. An error in an item of a list makes the list invalid."""
    match error:
        case {"loc": [*_, int()]}:
            return INVALID
        case {"type": "missing" | "blank" | "model_type"} | {"input": None}:
            return BLANK
        case {"type": "string_too_short", "ctx": {"min_length": minimum}}:
            return too_short(minimum)
        case {"type": "string_too_long", "ctx": {"max_length": maximum}}:
            return too_long(maximum)
    return INVALID


class Generator(GenerateJsonSchema):
    """Generate JSON Schema without titles, and with ``"null"`` as a second type instead of ``anyOf``."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        json_schema = super().model_schema(schema)
        json_schema.pop("title", None)
        return json_schema

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        json_schema = self.generate_inner(schema["schema"])
        return {**json_schema, "type": [json_schema["type"], "null"]}


def build(app: Flask) -> Validation:
    """Return the adapter. It is the same for every app, because models have no state."""
    return PydanticValidation()
