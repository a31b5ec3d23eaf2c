"""The ``orm`` slot: what the blog remembers. Interface: :class:`~assembly_required.conduit.interfaces.Store`.

*In Django* ``django.db.models``: classes with fields, and a manager that queries them.

*Here* the blog's verbs, written once for each library: a data mapper thinks of rows and statements, active records
of objects that save themselves.

*What it costs*: models and verbs for each option, held to the same suite.

*Next*: :mod:`assembly_required.adapters.orm.plain`.
"""
