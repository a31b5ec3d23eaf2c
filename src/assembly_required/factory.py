"""The application factory: config in, app out. It writes no file, migrates nothing, prints nothing.

*In Django* ``django.setup()`` does this, from ``INSTALLED_APPS`` and ``MIDDLEWARE``.

*Here* it is a function to read from top to bottom: each slot is one line, which names what that part is built on.

*What it costs*: the order matters, and this page is where it is decided.

*Next*: :mod:`assembly_required.stack.slots`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from .conduit.operations import operations
from .reader import stack_page
from .stack.assembly import Assembled, assemble
from .stack.settings import Settings, read_settings
from .web import errors as httperrors
from .web import firstrun, site
from .web.api import body, cors, guard
from .web.sessions import SiteSessions


def create_app(config: Mapping[str, Any] | None = None, *, root: Path | None = None) -> Flask:
    """An app out of the parts named by ``config`` and the settings below ``root``; raises ``ConfigError``."""
    return build_app(read_settings(config, root))


def build_app(settings: Settings) -> Flask:
    """An app out of the parts named by these settings; raises ``ConfigError``."""
    settings.check_root()
    choice, part = assemble(settings)
    app = Flask("assembly_required", instance_path=str(settings.instance), static_folder=None)
    app.config.from_mapping(settings.for_flask())
    app.session_interface, app.json = SiteSessions(), body.WireJSON(app)

    store = part.orm.build(app)
    migrations = part.migrations.build(app)
    hashing = part.hashing.build(app)
    permissions = part.permissions.build(app, store)
    login = part.login.build(app, store)
    forms = part.forms.build(app)
    mail = part.mail.build(app)
    tokens = part.tokens.build(app)
    validation = part.validation.build(app)
    parts = {"store": store, "hashing": hashing, "permissions": permissions, "tokens": tokens}
    bound = [guard.bind(operation, **parts) for operation in operations]
    part.docs.build(app, bound, validation, tokens)
    part.docs_ui.build(app)

    part.admin.build(app, store, hashing, permissions, login)
    site.build(app, store, hashing, permissions, login, forms, mail)
    stack_page.build(app, settings, choice)
    cors.allow_origins(app, settings.values["CORS_ORIGINS"])
    httperrors.register(app, site.error_page)
    firstrun.require_setup(app, migrations)
    app.extensions["assembly_required"] = Assembled(
        settings, choice, store, migrations, hashing, permissions, validation, tokens
    )
    return app
