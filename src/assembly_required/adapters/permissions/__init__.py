"""The ``permissions`` slot: who may do what. Interface: :class:`~assembly_required.conduit.interfaces.Permissions`.

*In Django* ``user.has_perm("conduit.delete_article", article)`` asks each authentication backend in turn.

*Here* an option defines what authors may do with their own articles and comments, and what each group may do. The
database stores who belongs to which group; ``flask user grant`` changes it.

*What it costs*: one statement per request, and only if being the author does not already settle the question.

*Next*: :mod:`assembly_required.adapters.permissions.plain`.
"""
