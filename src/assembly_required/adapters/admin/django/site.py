"""The admin site: its pages, and how to sign out.

*In Django* ``AdminSite.get_urls`` lists these pages, and pages for passwords and for the ids of content types.

*Here* ``get_urls`` is overridden without the latter two. Template folders, tag libraries and the path of static files
are in :mod:`assembly_required.adapters.shared.django_settings`, because the admin is not an installed app.

*What it costs*: about twenty lines repeat Django's code.

*Next*: :mod:`assembly_required.adapters.admin.django.views`.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.contrib.admin import AdminSite, options
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog
from flask import url_for

from .parts import get_parts


class ConduitAdmin(AdminSite):
    """The admin of the blog."""

    site_title = site_header = "Conduit"
    index_template = "conduit_index.html"
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
            return self.admin_view(view)

        models = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(model_admin.urls))
            for model, model_admin in self._registry.items()
        ]
        labels = "|".join({model._meta.app_label for model in self._registry})
        return [
            path("", wrap(self.index), name="index"),
            path("logout/", wrap(self.logout), name="logout"),
            path("autocomplete/", wrap(self.autocomplete_view), name="autocomplete"),
            path("jsi18n/", wrap(self.i18n_javascript), name="jsi18n"),
            *models,
            re_path(rf"^(?P<app_label>{labels})/$", wrap(self.app_index), name="app_list"),
        ]

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        if request.method == "POST":
            get_parts().login.sign_out()
        return HttpResponseRedirect(url_for("site.home"))

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return JavaScriptCatalog.as_view()(request)  # type: ignore[return-value]

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Return nothing: the log has its own list, and the first page links to it."""
        return ()


site = ConduitAdmin()

# Every change page looks up the id of a ContentType for the link "view on site", which is not shown here.
options.get_content_type_for_model = lambda model: SimpleNamespace(pk=None)  # type: ignore[assignment,return-value]
