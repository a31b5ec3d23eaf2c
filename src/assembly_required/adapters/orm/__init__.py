"""The ``orm`` slot: the data of the blog. Interface: :class:`~assembly_required.conduit.interfaces.Store`.

*In Django* ``django.db.models``: model classes with fields, and a manager that queries them.

*Here* each adapter implements the same methods in the style of its library: data mapper, query builder, active record,
or SQL by hand.

*What it costs*: each option has its own models and queries. One test suite checks that all of them do the same.

*Next*: :mod:`assembly_required.adapters.orm.plain`.
"""
