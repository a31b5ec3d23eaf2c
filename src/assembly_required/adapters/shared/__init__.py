"""Code that several adapters share: connection settings, database errors and the settings of Django."""
