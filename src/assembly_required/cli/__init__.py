"""The commands, beside Flask's own ``run``, ``shell`` and ``routes``.

*In Django* ``manage.py`` with ``migrate``, ``createsuperuser``, ``runserver``.

*Here* each group is an entry point in ``flask.commands``, so that ``flask stack`` works when the app cannot be
built, which is when one needs it most.

*What it costs*: a command that needs an app says so with ``@with_appcontext``.

*Next*: :mod:`assembly_required.cli.startup`.
"""
