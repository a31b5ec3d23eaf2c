from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response


class ArticlePagination(LimitOffsetPagination):
    # bent: REST framework replaces a wrong limit or offset by the default; the contract answers 422
    def paginate_queryset(self, queryset, request, view=None):
        self.request = request
        self.limit, self.offset = view.query["limit"], view.query["offset"]
        self.count = self.get_count(queryset)
        return list(queryset[self.offset : self.offset + self.limit])

    def get_paginated_response(self, data):
        return Response({"articles": data, "articlesCount": self.count})

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "required": ["articles", "articlesCount"],
            "properties": {"articles": schema, "articlesCount": {"type": "integer"}},
        }
