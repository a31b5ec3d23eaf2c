"""One package for each slot, one module for each option.

*In Django* the parts stand in ``django.db.backends``, ``django.contrib.auth.backends``, ``django.core.mail.backends``.

*Here* each module fits one extension to one interface. It has a function ``build`` that takes the app (and what
:mod:`assembly_required.factory` hands it) and returns the part. It imports its extension at the top, and never
another adapter. Modules of one slot have the same names in the same order: their ``diff`` shows the
difference between two extensions.

*What it costs*: the first line of the factory's error messages: an extension that is not installed is missed only
when it is chosen.

*Next*: :mod:`assembly_required.adapters.shared.sqlite`.
"""
