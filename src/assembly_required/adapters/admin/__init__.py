"""The ``admin`` slot: pages on which staff list, search, change and delete users, articles and comments.

*In Django* ``django.contrib.admin``, the best known of its built-ins.

*Here* users with the permission ``admin.enter`` open these pages with the account that they have on the site. The pages
save through the same use cases as the site and the API, so the rules of the blog hold here too. Each change is logged
with the name of the user who made it.

*What it costs*: an option has ``build`` only. It adds routes to the app and returns nothing.

*Next*: :mod:`assembly_required.adapters.admin.none`.
"""
