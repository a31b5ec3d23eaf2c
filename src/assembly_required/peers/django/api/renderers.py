from rest_framework.renderers import JSONRenderer
from rest_framework.utils.serializer_helpers import ReturnDict, ReturnList


class EnvelopeJSONRenderer(JSONRenderer):
    """Wrap what a serializer returned in the view's envelope: ``{"article": {...}}`` or ``{"articles": [...]}``."""

    # bent: REST framework sends objects without an envelope
    def render(self, data, accepted_media_type=None, renderer_context=None):
        if isinstance(data, ReturnDict):
            data = {renderer_context["view"].envelope: data}
        elif isinstance(data, ReturnList):
            data = {f"{renderer_context['view'].envelope}s": data}
        return super().render(data, accepted_media_type, renderer_context)
