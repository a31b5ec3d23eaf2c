"""The mail that was sent, on a page, while the site is developed.

*In Django* one looks into the files of the ``filebased`` backend, or runs a mail server such as MailHog.

*Here* ``flask run --debug`` shows the folder at ``/mail``. Otherwise there is no such page: a letter may hold a link
that opens an account.

*What it costs*: nothing where debugging is off; and where it is on, a visitor could do worse.

*Next*: :mod:`assembly_required.web.site.feeds`.
"""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from .. import outbox


def add_pages(blueprint: Blueprint) -> None:
    """Add the page to the site."""

    @blueprint.get("/mail")
    def letters() -> ResponseReturnValue:
        if not current_app.debug:
            abort(404)
        return render_template("letters.html", letters=outbox.letters(current_app))
