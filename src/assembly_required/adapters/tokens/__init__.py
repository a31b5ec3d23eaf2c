"""The ``tokens`` slot: who calls the API. Interface: :class:`~assembly_required.conduit.interfaces.Tokens`.

*In Django* nothing; REST framework adds ``authtoken``.

*Here* a header, ``Authorization: Token ...``; how the token is made and checked is for the option to say.

*What it costs*: one statement a request for the user behind the token.

*Next*: :mod:`assembly_required.adapters.tokens.plain`.
"""
