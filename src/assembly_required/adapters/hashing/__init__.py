"""The ``hashing`` slot: how passwords are stored.

Interface: :class:`~assembly_required.conduit.interfaces.Hashing`.

*In Django* ``django.contrib.auth.hashers``, with the setting ``PASSWORD_HASHERS``. ``check_password`` calls its
``setter`` if the hash should be renewed.

*Here* three functions: hash a password, verify it, and tell whether a hash is outdated because it was made by another
option or with other costs. The next login renews an outdated hash.

*What it costs*: each login takes tens of milliseconds, on purpose. An outdated hash takes as long as its own algorithm
needs, so the response time can reveal that an account exists. Apps that share a database should have the same option
and costs, otherwise each login replaces the hash that the other app made.

*Next*: :mod:`assembly_required.adapters.shared.hashes`.
"""
