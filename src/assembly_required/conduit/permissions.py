"""The permissions, and the groups that can be granted to users.

Authors need no grant for what they own. The adapters of the permissions slot define what each group may do.
"""

EDIT_ARTICLE = "article.edit"
DELETE_ARTICLE = "article.delete"
DELETE_COMMENT = "comment.delete"
ENTER_ADMIN = "admin.enter"

PERMISSIONS = (EDIT_ARTICLE, DELETE_ARTICLE, DELETE_COMMENT, ENTER_ADMIN)

MODERATORS = "moderators"
STAFF = "staff"

GROUPS = (MODERATORS, STAFF)
