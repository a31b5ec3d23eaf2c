from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView, TemplateView
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from articles.sitemaps import ArticleSitemap

from . import converters  # noqa: F401 - registers them
from .views import health

SITEMAPS = {"sitemaps": {"articles": ArticleSitemap}}

# Swagger UI sets the style of its elements.
docs = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(SpectacularSwaggerSplitView.as_view(url_name="schema"))

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("accounts.urls")),
    path("api", include("api.urls")),
    path("docs/", docs, name="docs"),
    path("docs/openapi.json", SpectacularJSONAPIView.as_view(), name="schema"),
    path("admin/", admin.site.urls),
    path("health", health),
    path("sitemap.xml", sitemaps.index, SITEMAPS),
    path("sitemap-<section>.xml", sitemaps.sitemap, SITEMAPS, name="django.contrib.sitemaps.views.sitemap"),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    path("favicon.ico", RedirectView.as_view(url=static("icon.svg"))),
]
