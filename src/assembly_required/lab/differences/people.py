"""The user of the tables about passwords and tokens."""

USERNAME = "ana"
EMAIL = "ana@blog.example"
PASSWORD = "correct horse battery staple"  # noqa: S105 (not a real one)
