"""The ``migrations`` slot: the schema in steps. Interface: :class:`~assembly_required.stack.interfaces.Migrations`.

*In Django* ``django.db.migrations``, which finds the steps by comparing models.

*Here* one schema for all ORMs, so it belongs to none of them.

*What it costs*: steps are written, or at least read, by a person.

*Next*: :mod:`assembly_required.adapters.migrations.plain`.
"""
