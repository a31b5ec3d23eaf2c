"""Describe serializers in JSON Schema.

*In Django* ``manage.py generateschema`` or, in most projects, drf-spectacular. Both start from the views.

*Here* there are serializers but no views. The ``AutoSchema`` of Django REST framework can describe a serializer
without a view, and its methods ``map_serializer`` and ``map_field`` can be overridden. It writes OpenAPI 3.0, where
null is ``nullable``, and repeats nested serializers. This module turns that into JSON Schema, with references.

*What it costs*: about fifty more modules are loaded, Django's admin among them. ``AutoSchema`` omits the limits of a
list's items and the values of a ``DictField``, so they are added here. drf-spectacular has both, but it needs views
and more packages.

*Next*: :mod:`assembly_required.adapters.docs`.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.schemas.openapi import AutoSchema

from .schemas import Outgoing, Text

Schema = dict[str, Any]


class Described(AutoSchema):
    """Collect the schemas of serializers, and of the serializers in them, in ``components``."""

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
        if isinstance(field, Text) and not (field.allow_blank or field.min_length):
            described["minLength"] = 1
        if isinstance(field, serializers.IntegerField):
            described.pop("format", None)  # "int64", which the bounds already imply
        if isinstance(field, serializers.ListField):
            self.map_field_validators(field.child, described["items"])
        if isinstance(field, serializers.DictField):
            described["additionalProperties"] = self.map_field(field.child)
        return described
