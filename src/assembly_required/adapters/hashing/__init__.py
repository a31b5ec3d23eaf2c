"""The ``hashing`` slot: what is kept instead of a password. Interface: :class:`~assembly_required.interfaces.Hashing`.

*In Django* ``django.contrib.auth.hashers``, and ``PASSWORD_HASHERS`` in the settings.

*Here* two functions, hash and verify.

*What it costs*: tens of milliseconds for each login, on purpose.

*Next*: :mod:`assembly_required.adapters.hashing.plain`.
"""
