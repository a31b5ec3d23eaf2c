"""The ``admin`` slot: pages on which staff lists, finds, changes and deletes what there is.

*In Django* ``django.contrib.admin``, the best known of its built-ins.

*Here* whoever may ``admin.enter`` gets there, with the account that he has on the site. What is written goes through
the same use cases as for everybody, so that no rule of the blog is broken from behind; and it is noted who did it.

*What it costs*: an option has ``build`` alone, and nobody calls what it returns.

*Next*: :mod:`assembly_required.adapters.admin.none`.
"""
