"""A page for an OpenAPI document on Django: drf-spectacular's view for Swagger UI.

``SpectacularSwaggerView`` renders the page for any document. By default it loads Swagger UI from a CDN; the setting
``SWAGGER_UI_DIST`` names another place. Here it is the folder with Swagger UI in flask-swagger-ui, which Django serves
like other static files. (drf-spectacular's own way is the package drf-spectacular-sidecar.)

Start it with ``python django_app.py runserver`` and open http://127.0.0.1:8000/docs/.
It follows https://drf-spectacular.readthedocs.io/en/latest/readme.html#usage
"""

import os
import secrets
import sys
from importlib.resources import files

from django.conf import settings

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        INSTALLED_APPS=["rest_framework", "drf_spectacular"],
        REST_FRAMEWORK={"UNAUTHENTICATED_USER": None},
        ROOT_URLCONF=__name__,
        SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
        SPECTACULAR_SETTINGS={
            "SWAGGER_UI_DIST": "/docs/static",
            "SWAGGER_UI_FAVICON_HREF": "/docs/static/favicon-32x32.png",
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    )

from django.core.management import execute_from_command_line
from django.http import JsonResponse
from django.urls import path
from django.views.static import serve
from drf_spectacular.views import SpectacularSwaggerView

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Greetings", "version": "1.0"},
    "paths": {
        "/hello/{name}": {
            "get": {
                "summary": "Greet somebody",
                "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "The greeting"}},
            }
        }
    },
}

SWAGGER_UI = files("flask_swagger_ui") / "dist"


# step: the document
def document(request):
    return JsonResponse(DOCUMENT)


def hello(request, name):
    return JsonResponse({"hello": name})


# step: the page
urlpatterns = [
    path("docs/", SpectacularSwaggerView.as_view(url="/openapi.json", title="Greetings")),
    path("docs/static/<path:path>", serve, {"document_root": SWAGGER_UI}),
    path("openapi.json", document),
    path("hello/<str:name>", hello),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
