"""What several adapters need: connection settings, the meaning of database errors, Django's settings."""
