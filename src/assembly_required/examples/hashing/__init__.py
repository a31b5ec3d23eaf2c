"""Register, sign in, and renew a password hash that is outdated."""
