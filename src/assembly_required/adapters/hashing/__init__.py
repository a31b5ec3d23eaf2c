"""The ``hashing`` slot: what is kept instead of a password.

Interface: :class:`~assembly_required.conduit.interfaces.Hashing`.

*In Django* ``django.contrib.auth.hashers``, and ``PASSWORD_HASHERS`` in the settings.

*Here* three functions: make a hash, verify one, and say whether it is outdated, because another option made it or with
other costs. The next login then renews it.

*What it costs*: tens of milliseconds for each login, on purpose. Until a hash is renewed, its login takes as long as
that hash does, so time may tell that somebody has an account. Apps on one database should agree on option and costs:
else each login renews what the other has made.

*Next*: :mod:`assembly_required.adapters.shared.hashes`.
"""
