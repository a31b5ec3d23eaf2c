"""The URL configuration of Django.

*In Django* the setting ``ROOT_URLCONF`` names this module.

*Here* it does the same. Flask's routes decide which requests reach it.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.adapters.permissions`.
"""

from django.urls import path

from . import views  # noqa: F401 (importing it registers the models)
from .site import site

urlpatterns = [path("admin/", site.urls)]
