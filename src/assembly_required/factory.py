"""The application factory. It builds the app from the configuration, as ``django.setup()`` does from the settings.

Each slot is one line in :func:`build_app`, with the parts that it depends on. The order matters: a part is built after
the parts that it uses. Nothing is written to disk or to the database.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from .conduit.hashing import BoundedHashing, count_spare_cores
from .conduit.operations import operations
from .reader import stack_page, tutorial
from .stack.assembly import Assembled, assemble
from .stack.settings import Settings, read_settings
from .web import api, firstrun, headers, health, proxies, site
from .web import attempts as visitor_attempts
from .web import errors as httperrors
from .web.api import body, cors, guard
from .web.chunks import WholeRequest
from .web.sessions import SiteSessions
from .web.site import emails
from .web.site.mailing import Letters


def create_app(config: Mapping[str, Any] | None = None, *, root: Path | None = None) -> Flask:
    """Create an app.

    :param config: values that override all other settings.
    :param root: the project's folder; by default the working directory.
    :raises ConfigError: the configuration has errors.
    """
    return build_app(read_settings(config, root))


def build_app(settings: Settings) -> Flask:
    """Build an app from settings.

    :raises ConfigError: the settings have errors, or the options do not fit together.
    """
    settings.check_root()
    choice, part = assemble(settings)
    app = Flask("assembly_required", instance_path=str(settings.instance), static_folder=None)
    app.config.from_mapping(settings.for_flask())
    api.add_converter(app)
    app.request_class = WholeRequest
    app.session_interface, app.json = SiteSessions(), body.WireJSON(app)
    proxies.trust_proxies(app)

    store = part.orm.build(app)
    migrations = part.migrations.build(app)
    hashing = BoundedHashing(part.hashing.build(app), app.config["PASSWORD_CHECKS"] or count_spare_cores())
    permissions = part.permissions.build(app, store)
    login = part.login.build(app, store)
    forms = part.forms.build(app)
    mail = part.mail.build(app)
    tasks = part.tasks.build(app)
    letters = Letters(tasks, mail)
    tokens = part.tokens.build(app)
    limits = part.limits.build(app)
    attempts = visitor_attempts.build(app, limits)
    validation = part.validation.build(app)
    notices = emails.Announcements(letters, attempts)
    parts = {"store": store, "hashing": hashing, "permissions": permissions, "tokens": tokens}
    parts |= {"notices": notices, "attempts": attempts}
    bound = [guard.bind(operation, **parts) for operation in operations]
    part.docs.build(app, bound, validation, tokens)  # adds the routes below /api, and describes them
    part.docs_ui.build(app)

    part.admin.build(app, store, hashing, permissions, login)
    site.build(app, store, hashing, permissions, login, forms, letters, notices, attempts)
    stack_page.build(app, settings, choice)
    tutorial.build(app, settings)
    health.add_check(app, store)
    cors.allow_origins(app, settings.values["CORS_ORIGINS"])
    headers.protect_responses(app)
    httperrors.register(app, site.error_page)
    firstrun.require_setup(app, migrations)
    httperrors.log_teardown_errors(app)
    app.extensions["assembly_required"] = Assembled(
        settings, choice, store, migrations, hashing, permissions, login, forms, mail, tasks, validation, tokens, limits
    )
    return app
