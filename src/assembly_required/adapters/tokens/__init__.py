"""The ``tokens`` slot: who calls the API. Interface: :class:`~assembly_required.conduit.interfaces.Tokens`.

*In Django* nothing built in. Django REST framework adds ``rest_framework.authtoken``.

*Here* the client sends the header ``Authorization: Token ...``. Each option creates and checks the token in its own
way.

*What it costs*: one SQL statement per request, to load the user whose id is in the token.

*Next*: :mod:`assembly_required.adapters.tokens.plain`.
"""
