"""What may be permitted, and the groups that it is given to.

*In Django* ``django.contrib.auth`` makes four permissions for each model (``conduit.delete_article``), which are given
to users and to groups; ``is_staff`` opens the admin.

*Here* there are as many as are asked for. Authors need no grant for what is theirs; the groups are for the rest. What a
group may do stands in the adapters of the slot, once as a table and once as a policy file; a test holds them together.

*What it costs*: a new permission is a name here, a line in each adapter, and a place that asks for it.

*Next*: :mod:`assembly_required.conduit.users`.
"""

EDIT_ARTICLE = "article.edit"
DELETE_ARTICLE = "article.delete"
DELETE_COMMENT = "comment.delete"
ENTER_ADMIN = "admin.enter"

PERMISSIONS = (EDIT_ARTICLE, DELETE_ARTICLE, DELETE_COMMENT, ENTER_ADMIN)

MODERATORS = "moderators"
STAFF = "staff"

GROUPS = (MODERATORS, STAFF)
