"""The paths that Django resolves.

*In Django* the module that ``ROOT_URLCONF`` names.

*Here* the same; Flask's routes decide what comes here.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.adapters.permissions`.
"""

from django.urls import path

from . import views  # noqa: F401 (they register themselves)
from .site import site

urlpatterns = [path("admin/", site.urls)]
