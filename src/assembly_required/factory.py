"""The application factory: config in, app out. The only place where things are put together.

*In Django* ``django.setup()`` and ``get_wsgi_application()`` do this, from ``INSTALLED_APPS`` and ``MIDDLEWARE``.

*Here* it is a function to read from top to bottom. Each slot is one line; each line names what that part is built on.
It only assembles: it writes no file, migrates nothing, prints nothing.

*What it costs*: the order matters, and this page is where it is decided.

*Next*: :mod:`assembly_required.firstrun`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from . import firstrun, httperrors, site
from .api.body import WireJSON
from .api.cors import allow_origins
from .api.guard import bind
from .assembly import Assembled, choose, load
from .conduit.operations import operations
from .sessions import SiteSessions
from .settings import read_settings


def create_app(config: Mapping[str, Any] | None = None, *, root: Path | None = None) -> Flask:
    """Assemble an application out of the parts that the configuration names.

    :param config: config keys that override all other layers.
    :param root: the folder in which ``instance/`` and ``migrations/`` lie; the working directory, if not given.
    :raises ConfigError: the configuration cannot be; it says why, and what to type.
    """
    settings = read_settings(config, root)
    choice = choose(settings)
    part = load(choice, settings)
    app = Flask("assembly_required", instance_path=str(settings.instance), static_folder=None)
    app.config.from_mapping(settings.for_flask())
    app.session_interface = SiteSessions()
    app.json = WireJSON(app)

    store = part.orm.build(app)
    migrations = part.migrations.build(app)
    hashing = part.hashing.build(app)
    login = part.login.build(app, store)
    tokens = part.tokens.build(app)
    validation = part.validation.build(app)

    bound = [bind(operation, store=store, hashing=hashing, tokens=tokens) for operation in operations]
    part.docs.build(app, bound, validation, tokens)
    part.docs_ui.build(app)
    allow_origins(app, app.config["CORS_ORIGINS"])
    site.build(app, store, hashing, login, validation)
    httperrors.register(app, site.error_page)
    firstrun.require_setup(app, migrations)

    app.extensions["assembly_required"] = Assembled(settings, choice, store, migrations, hashing, validation)
    return app
