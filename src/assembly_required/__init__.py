"""Assembly Required: one blog, and a choice of extensions for everything that Django would have brought along.

This is the tour: every module, in the order in which they explain each other. Each ends by naming the next.

The whole on one page:

- :mod:`assembly_required.factory`

Which part, and where that is said:

- :mod:`assembly_required.stack.slots`
- :mod:`assembly_required.stack.stacks`
- :mod:`assembly_required.stack.settings`
- :mod:`assembly_required.stack.assembly`
- :mod:`assembly_required.stack.interfaces`

The blog itself, without any framework:

- :mod:`assembly_required.conduit`
- :mod:`assembly_required.conduit.limits`
- :mod:`assembly_required.conduit.errors`
- :mod:`assembly_required.conduit.model`
- :mod:`assembly_required.conduit.operation`
- :mod:`assembly_required.conduit.permissions`
- :mod:`assembly_required.conduit.users`
- :mod:`assembly_required.conduit.profiles`
- :mod:`assembly_required.conduit.slugs`
- :mod:`assembly_required.conduit.articles`
- :mod:`assembly_required.conduit.comments`
- :mod:`assembly_required.conduit.tags`
- :mod:`assembly_required.conduit.operations`
- :mod:`assembly_required.conduit.examples`

The API:

- :mod:`assembly_required.web.api`
- :mod:`assembly_required.web.api.guard`
- :mod:`assembly_required.web.api.body`
- :mod:`assembly_required.web.api.exchange`
- :mod:`assembly_required.web.api.cors`
- :mod:`assembly_required.web.errors`
- :mod:`assembly_required.web.sessions`

The parts:

- :mod:`assembly_required.adapters`
- :mod:`assembly_required.adapters.shared.sqlite`
- :mod:`assembly_required.adapters.shared.postgresql`
- :mod:`assembly_required.adapters.shared.dberrors`
- :mod:`assembly_required.adapters.shared.djangosettings`
- :mod:`assembly_required.adapters.shared.djangorequest`
- :mod:`assembly_required.adapters.orm`
- :mod:`assembly_required.adapters.orm.plain`
- :mod:`assembly_required.adapters.orm.plain.connections`
- :mod:`assembly_required.adapters.orm.plain.sqlite`
- :mod:`assembly_required.adapters.orm.plain.postgresql`
- :mod:`assembly_required.adapters.orm.plain.store`
- :mod:`assembly_required.adapters.orm.plain.rows`
- :mod:`assembly_required.adapters.orm.flask_sqlalchemy`
- :mod:`assembly_required.adapters.orm.flask_sqlalchemy.models`
- :mod:`assembly_required.adapters.orm.flask_sqlalchemy.store`
- :mod:`assembly_required.adapters.orm.peewee`
- :mod:`assembly_required.adapters.orm.peewee.models`
- :mod:`assembly_required.adapters.orm.peewee.prepared`
- :mod:`assembly_required.adapters.orm.peewee.store`
- :mod:`assembly_required.adapters.orm.django`
- :mod:`assembly_required.adapters.orm.django.router`
- :mod:`assembly_required.adapters.orm.django.base`
- :mod:`assembly_required.adapters.orm.django.models`
- :mod:`assembly_required.adapters.orm.django.store`
- :mod:`assembly_required.adapters.orm.django.rows`
- :mod:`assembly_required.adapters.migrations`
- :mod:`assembly_required.adapters.migrations.plain`
- :mod:`assembly_required.adapters.migrations.flask_migrate`
- :mod:`assembly_required.adapters.hashing`
- :mod:`assembly_required.adapters.shared.hashes`
- :mod:`assembly_required.adapters.hashing.plain`
- :mod:`assembly_required.adapters.hashing.argon2`
- :mod:`assembly_required.adapters.hashing.django`
- :mod:`assembly_required.adapters.tokens`
- :mod:`assembly_required.adapters.tokens.plain`
- :mod:`assembly_required.adapters.tokens.flask_jwt_extended`
- :mod:`assembly_required.adapters.tokens.flask_httpauth`
- :mod:`assembly_required.web.fingerprint`
- :mod:`assembly_required.web.outbox`
- :mod:`assembly_required.adapters.admin`
- :mod:`assembly_required.adapters.admin.none`
- :mod:`assembly_required.adapters.admin.flask_admin`
- :mod:`assembly_required.adapters.admin.flask_admin.forms`
- :mod:`assembly_required.adapters.admin.flask_admin.views`
- :mod:`assembly_required.adapters.admin.flask_admin.generic`
- :mod:`assembly_required.adapters.admin.django`
- :mod:`assembly_required.adapters.admin.django.parts`
- :mod:`assembly_required.adapters.admin.django.site`
- :mod:`assembly_required.adapters.admin.django.views`
- :mod:`assembly_required.adapters.admin.django.urls`
- :mod:`assembly_required.adapters.permissions`
- :mod:`assembly_required.adapters.permissions.plain`
- :mod:`assembly_required.adapters.permissions.casbin`
- :mod:`assembly_required.adapters.login`
- :mod:`assembly_required.adapters.login.plain`
- :mod:`assembly_required.adapters.login.flask_login`
- :mod:`assembly_required.adapters.mail`
- :mod:`assembly_required.adapters.mail.flask_mailman`
- :mod:`assembly_required.adapters.mail.plain`
- :mod:`assembly_required.adapters.mail.django`
- :mod:`assembly_required.adapters.forms`
- :mod:`assembly_required.adapters.forms.plain`
- :mod:`assembly_required.adapters.forms.plain.fields`
- :mod:`assembly_required.adapters.forms.plain.definitions`
- :mod:`assembly_required.adapters.forms.flask_wtf`
- :mod:`assembly_required.adapters.forms.flask_wtf.definitions`
- :mod:`assembly_required.adapters.forms.django`
- :mod:`assembly_required.adapters.forms.django.definitions`
- :mod:`assembly_required.adapters.validation`
- :mod:`assembly_required.adapters.validation.plain`
- :mod:`assembly_required.adapters.validation.plain.fields`
- :mod:`assembly_required.adapters.validation.plain.schemas`
- :mod:`assembly_required.adapters.validation.marshmallow`
- :mod:`assembly_required.adapters.validation.marshmallow.schemas`
- :mod:`assembly_required.adapters.validation.pydantic`
- :mod:`assembly_required.adapters.validation.pydantic.schemas`
- :mod:`assembly_required.adapters.validation.msgspec`
- :mod:`assembly_required.adapters.validation.msgspec.schemas`
- :mod:`assembly_required.adapters.validation.django`
- :mod:`assembly_required.adapters.validation.django.schemas`
- :mod:`assembly_required.adapters.validation.django.described`
- :mod:`assembly_required.adapters.docs`
- :mod:`assembly_required.adapters.docs.plain`
- :mod:`assembly_required.adapters.docs.flask_smorest`
- :mod:`assembly_required.adapters.docs.apispec`
- :mod:`assembly_required.adapters.docs.spectree`
- :mod:`assembly_required.adapters.docs_ui`
- :mod:`assembly_required.adapters.docs_ui.swagger`
- :mod:`assembly_required.adapters.docs_ui.redoc`

The site:

- :mod:`assembly_required.web.site`
- :mod:`assembly_required.web.site.visitor`
- :mod:`assembly_required.web.site.answering`
- :mod:`assembly_required.web.site.reading`
- :mod:`assembly_required.web.site.paging`
- :mod:`assembly_required.web.site.profiles`
- :mod:`assembly_required.web.site.editor`
- :mod:`assembly_required.web.site.reactions`
- :mod:`assembly_required.web.site.links`
- :mod:`assembly_required.web.site.passwords`
- :mod:`assembly_required.web.site.accounts`
- :mod:`assembly_required.web.site.confirmation`
- :mod:`assembly_required.web.site.recovery`
- :mod:`assembly_required.web.site.settings`
- :mod:`assembly_required.web.site.letters`
- :mod:`assembly_required.web.site.feeds`
- :mod:`assembly_required.web.site.rendering`

Around it:

- :mod:`assembly_required.web.firstrun`
- :mod:`assembly_required.data.demo`
- :mod:`assembly_required.data.prose`
- :mod:`assembly_required.data.seed`
- :mod:`assembly_required.lab.sandbox`
- :mod:`assembly_required.cli`
- :mod:`assembly_required.cli.startup`
- :mod:`assembly_required.cli.ready`
- :mod:`assembly_required.cli.setup`
- :mod:`assembly_required.cli.stack`
- :mod:`assembly_required.cli.configure`
- :mod:`assembly_required.cli.siblings`
- :mod:`assembly_required.cli.sql`
- :mod:`assembly_required.cli.differences`
- :mod:`assembly_required.cli.db`
- :mod:`assembly_required.cli.user`
- :mod:`assembly_required.cli.seed`
- :mod:`assembly_required.cli.compare`

What it costs, measured:

- :mod:`assembly_required.lab.compare`
- :mod:`assembly_required.lab.compare.endpoints`
- :mod:`assembly_required.lab.compare.data`
- :mod:`assembly_required.lab.compare.candidates`
- :mod:`assembly_required.lab.compare.statements`
- :mod:`assembly_required.lab.compare.measure`
- :mod:`assembly_required.lab.compare.validation`
- :mod:`assembly_required.lab.compare.process`
- :mod:`assembly_required.lab.compare.report`
- :mod:`assembly_required.lab.compare.baselines`
- :mod:`assembly_required.lab.compare.baselines.sessions`
- :mod:`assembly_required.lab.compare.baselines.empty`
- :mod:`assembly_required.lab.compare.baselines.floor`
- :mod:`assembly_required.lab.compare.baselines.classic`
- :mod:`assembly_required.lab.compare.baselines.typed`
- :mod:`assembly_required.lab.compare.baselines.light`
- :mod:`assembly_required.lab.compare.baselines.bare`
- :mod:`assembly_required.lab.compare.baselines.lean`
- :mod:`assembly_required.lab.compare.baselines.queries`
- :mod:`assembly_required.lab.compare.baselines.tutorial`
- :mod:`assembly_required.lab.compare.child`
- :mod:`assembly_required.lab.compare.run`
- :mod:`assembly_required.lab.compare.stacked`
- :mod:`assembly_required.lab.compare.wsgi`

What the parts say when they are left alone:

- :mod:`assembly_required.lab.differences`
- :mod:`assembly_required.lab.differences.table`
- :mod:`assembly_required.lab.differences.outcome`
- :mod:`assembly_required.lab.differences.inputs`
- :mod:`assembly_required.lab.differences.here`
- :mod:`assembly_required.lab.differences.validation`
- :mod:`assembly_required.lab.differences.validation.marshmallow`
- :mod:`assembly_required.lab.differences.validation.plain`
- :mod:`assembly_required.lab.differences.validation.pydantic`
- :mod:`assembly_required.lab.differences.validation.msgspec`
- :mod:`assembly_required.lab.differences.validation.django`
- :mod:`assembly_required.lab.differences.docs`
- :mod:`assembly_required.lab.differences.docs.flask_smorest`
- :mod:`assembly_required.lab.differences.docs.spectree`
- :mod:`assembly_required.lab.differences.tokens`
- :mod:`assembly_required.lab.differences.hashing`
- :mod:`assembly_required.lab.differences.rendering`

What all of it has to do:

- :mod:`assembly_required.contract`
- :mod:`assembly_required.contract.client`
- :mod:`assembly_required.contract.databases`
- :mod:`assembly_required.contract.plugin`
- :mod:`assembly_required.contract.pairs`
- :mod:`assembly_required.contract.people`
- :mod:`assembly_required.contract.expect`
- :mod:`assembly_required.contract.test_users`
- :mod:`assembly_required.contract.test_tokens`
- :mod:`assembly_required.contract.test_profiles`
- :mod:`assembly_required.contract.test_articles`
- :mod:`assembly_required.contract.test_lists`
- :mod:`assembly_required.contract.test_comments`
- :mod:`assembly_required.contract.test_tags`
- :mod:`assembly_required.contract.test_bad_input`
- :mod:`assembly_required.contract.test_identity`
- :mod:`assembly_required.contract.test_sequences`
- :mod:`assembly_required.contract.test_races`
- :mod:`assembly_required.contract.test_cors`
- :mod:`assembly_required.contract.__main__`
"""

from .factory import create_app

__all__ = ["create_app"]
