"""The OpenAPI document: envelopes and errors, which drf-spectacular cannot know."""

from functools import cache

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import exceptions, serializers

from .exceptions import TooLarge
from .permissions import IsAuthorOrReadOnly


class ErrorSerializer(serializers.Serializer):
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


@cache
def envelop(serializer_class, envelope, many=False):
    """Return a serializer class for ``{"article": {...}}``."""
    name = serializer_class.__name__.removesuffix("Serializer")
    key = f"{envelope}s" if many else envelope
    fields = {key: serializer_class(many=many)}
    wrapped = type(f"{name}{'List' if many else ''}EnvelopeSerializer", (serializers.Serializer,), fields)
    return extend_schema_serializer(many=False)(wrapped)


def get_class(serializer):
    return serializer if isinstance(serializer, type) else type(serializer)


class EnvelopeAutoSchema(AutoSchema):
    """Describe the envelope of a view, and the errors that follow from its permissions and its payload."""

    def get_request_serializer(self):
        serializer = super().get_request_serializer()
        if serializer is None or self.method not in ("POST", "PUT"):
            return None
        return envelop(get_class(serializer), self.view.envelope)

    def get_response_serializers(self):
        serializer = super().get_response_serializers()
        success = "204" if serializer is None or self.has_no_content() else "201" if self.creates() else "200"
        return {
            success: None if success == "204" else self.wrap(serializer),
            **dict.fromkeys(self.list_errors(), ErrorSerializer),
        }

    def wrap(self, serializer):
        if not hasattr(self.view, "envelope") or (self._get_paginator() and self._is_list_view(serializer)):
            return serializer
        return envelop(get_class(serializer), self.view.envelope, many=self._is_list_view(serializer))

    def has_no_content(self):
        return getattr(self.view, "action", "") == "destroy"

    def creates(self):
        return getattr(self.view, "action", "") == "create" or (
            hasattr(self.view, "perform_create") and self.method == "POST"
        )

    def list_errors(self):
        """List the statuses of the errors."""
        found = [*getattr(self.view, "errors", ())] if self.method in ("POST", "PUT") else []
        if self.view.get_authenticators():
            found.append(exceptions.NotAuthenticated)
        if "{" in self.path:
            found.append(exceptions.NotFound)
        if IsAuthorOrReadOnly in self.view.permission_classes and "{" in self.path and self.method in ("PUT", "DELETE"):
            found.append(exceptions.PermissionDenied)
        if self.get_request_serializer():
            found += [exceptions.ParseError, TooLarge, exceptions.UnsupportedMediaType]
        statuses = {error.status_code for error in found}
        if self.get_request_serializer() or self.get_override_parameters():
            statuses.add(422)
        return sorted(map(str, statuses))
