"""The ``login`` slot: who looks at the site. Interface: :class:`~assembly_required.stack.interfaces.Login`.

*In Django* ``django.contrib.auth`` and ``django.contrib.sessions``: ``request.user``.

*Here* the site alone asks; the API has the tokens slot. The two are used side by side, not instead of each other.

*What it costs*: one statement a page for the user behind the cookie.

*Next*: :mod:`assembly_required.adapters.login.plain`.
"""
