"""The ``login`` slot: who uses the site. Interface: :class:`~assembly_required.stack.interfaces.Login`.

*In Django* ``django.contrib.auth`` and ``django.contrib.sessions``: ``request.user`` and ``@login_required``.

*Here* only the site uses this slot. The API identifies its callers with the ``tokens`` slot.

*What it costs*: one SQL statement per page, to load the user whose id is in the session.

*Next*: :mod:`assembly_required.adapters.login.plain`.
"""
