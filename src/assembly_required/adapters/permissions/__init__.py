"""The ``permissions`` slot: who may do what. Interface: :class:`~assembly_required.conduit.interfaces.Permissions`.

*In Django* ``user.has_perm("conduit.delete_article", article)``, answered by the authentication backends in turn.

*Here* an option says what follows from what: an author may change his own; a group may do this, another that. Who
belongs to which group is in the database, and ``flask user grant`` changes it.

*What it costs*: one statement, and only for somebody who is not the author.

*Next*: :mod:`assembly_required.adapters.permissions.plain`.
"""
