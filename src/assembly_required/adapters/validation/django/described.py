"""Serializers in JSON Schema.

*In Django* ``manage.py generateschema``, or drf-spectacular, which most projects take instead. Both start from views.

*Here* there are serializers and no views. REST framework's ``AutoSchema`` describes a serializer by itself:
``map_serializer`` and ``map_field`` are there to be overridden. It writes OpenAPI 3.0, where null is ``nullable``, and
each nested serializer out; OpenAPI 3.1 is JSON Schema, and an object that has a name is referred to.

*What it costs*: some fifty modules more are loaded, Django's admin among them. The limits of a list's items, and what a
``DictField`` holds, are put in here: REST framework leaves them out. drf-spectacular has both, but would want a view
that stands in for those it starts from, and more packages.

*Next*: :mod:`assembly_required.adapters.docs`.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.schemas.openapi import AutoSchema

from .schemas import Outgoing

Schema = dict[str, Any]


class Described(AutoSchema):
    """Collects what it describes, and what that refers to, in ``components``."""

    def __init__(self) -> None:
        super().__init__()
        self.components: dict[str, Schema] = {}

    def get_reference(self, serializer: Any) -> Schema:
        name = self.get_component_name(serializer)
        if name not in self.components:
            self.components[name] = self.map_serializer(serializer)
        return super().get_reference(serializer)

    def map_serializer(self, serializer: Any) -> Schema:
        described: Schema = super().map_serializer(serializer)
        for field in described["properties"].values():
            if field.pop("nullable", False):
                field["type"] = [field["type"], "null"]
        return described | ({"additionalProperties": False} if isinstance(serializer, Outgoing) else {})

    def map_field(self, field: Any) -> Schema:
        if isinstance(field, serializers.ListSerializer):
            return {"type": "array", "items": self.map_field(field.child)}
        if isinstance(field, serializers.Serializer):
            return self.get_reference(field)
        described: Schema = super().map_field(field)
        if isinstance(field, serializers.IntegerField):
            described.pop("format", None)  # int64 for large bounds, which the bounds say already
        if isinstance(field, serializers.ListField):
            self.map_field_validators(field.child, described["items"])
        if isinstance(field, serializers.DictField):
            described["additionalProperties"] = self.map_field(field.child)
        return described
