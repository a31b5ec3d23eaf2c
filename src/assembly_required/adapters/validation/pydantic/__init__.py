"""``validation = pydantic``: schemas as type hints, checked by a core in Rust.

*In Django* ``serializer.is_valid()`` and ``serializer.errors``, then ``serializer.data``.

*Here* ``model_validate`` returns a model or raises a ``ValidationError``, a list: each error has the ``loc`` of what is
wrong (``("article", "tagList", 2)``), a ``type`` for programs and a ``msg`` for people. So the words of the API are
chosen by type. All that is wrong is reported at once. What goes out is validated before it is dumped, too.

*What it costs*: five packages, one of them compiled. A list takes a third of the time it takes marshmallow, three times
that of ``plain``. pydantic converts what it can (``"5.0"`` to 5), which this API does not want; its JSON Schema repeats
each name as a title.

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
from .schemas import SCHEMAS, Incoming


class PydanticValidation:
    """Loading and dumping by pydantic."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        model = SCHEMAS[name]

        def load(data: Any) -> dict[str, Any]:
            try:
                return model.model_validate(data).model_dump()
            except ValidationError as error:
                raise self.refusal(error) from None

        return load

    def dumper(self, name: str) -> Dumper:
        model = SCHEMAS[name]
        return lambda found: model.model_validate(found).model_dump(mode="json")

    def json_schemas(self) -> JSONSchemas:
        _, described = models_json_schema(
            [(model, "validation" if issubclass(model, Incoming) else "serialization") for model in SCHEMAS.values()],
            ref_template="#/components/schemas/{model}",
            schema_generator=Described,
        )
        schemas: JSONSchemas = described["$defs"]
        return schemas

    def refusal(self, error: ValidationError) -> Invalid:
        errors: dict[str, list[str]] = {}
        for each in error.errors():
            key = [part for part in each["loc"] if isinstance(part, str)][-1]
            if (message := translated(each)) not in errors.setdefault(key, []):
                errors[key].append(message)
        return Invalid(errors)


def translated(error: ErrorDetails) -> str:
    """An error in the words of the API; whatever is wrong with an item of a list, the list is invalid."""
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


class Described(GenerateJsonSchema):
    """JSON Schema without titles, and with null as a second type."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        described = super().model_schema(schema)
        described.pop("title", None)
        return described

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        described = self.generate_inner(schema["schema"])
        return {**described, "type": [described["type"], "null"]}


def build(app: Flask) -> Validation:
    """The same for every app: models hold no state."""
    return PydanticValidation()
