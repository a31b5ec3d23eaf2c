from rest_framework.negotiation import BaseContentNegotiation


class IgnoreAcceptHeader(BaseContentNegotiation):
    """Always answer with JSON."""

    # bent: REST framework answers 406 to clients that accept no JSON
    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
