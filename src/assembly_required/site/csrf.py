"""No form of another site can act in a visitor's name.

*In Django* ``CsrfViewMiddleware`` and ``{% csrf_token %}``.

*Here* the same idea by hand: a random token in the visitor's session, repeated in a hidden field of every form,
compared before any view of the site that can change something. The API needs none: its credential is a header,
which no foreign form can send.

*What it costs*: a session cookie for everyone who sees a form.

*Next*: :mod:`assembly_required.site.reading`.
"""

import secrets

from flask import Blueprint, Flask, abort, request, session
from markupsafe import Markup

FIELD = "csrf_token"
SAFE = {"GET", "HEAD", "OPTIONS"}


def protect(app: Flask, blueprint: Blueprint) -> None:
    """Check every request to the blueprint that is not safe; ``{{ csrf_field() }}`` makes the hidden field.

    Source: RFC 9110, section 9.2.1, for what is safe.
    """

    @blueprint.before_request
    def check() -> None:
        if request.method not in SAFE:
            expected, sent = session.get(FIELD, ""), request.form.get(FIELD, "")
            if not expected or not secrets.compare_digest(expected.encode(), sent.encode()):
                abort(400)

    app.add_template_global(csrf_field)


def csrf_field() -> Markup:
    """The hidden field, with the token of this visitor's session."""
    token = session.setdefault(FIELD, secrets.token_urlsafe())
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)
