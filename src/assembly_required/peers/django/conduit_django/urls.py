from django.contrib import admin
from django.urls import include, path, register_converter
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from .converters import TextConverter

register_converter(TextConverter, "text")

urlpatterns = [
    path("api", include("api.urls")),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("docs/openapi.json", SpectacularAPIView.as_view(), name="schema"),
    path("admin/", admin.site.urls),
]
