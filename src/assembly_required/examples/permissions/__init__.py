"""Authors may edit what is theirs, moderators everything; admins grant and revoke groups."""
