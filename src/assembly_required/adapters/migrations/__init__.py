"""The ``migrations`` slot: change the database schema step by step.

Interface: :class:`~assembly_required.stack.interfaces.Migrations`.

*In Django* ``django.db.migrations``, where ``makemigrations`` creates the steps from the models.

*Here* all ORMs share one schema, so the steps do not belong to any of them.

*What it costs*: a person writes the steps, or at least reviews them.

*Next*: :mod:`assembly_required.adapters.migrations.plain`.
"""
