"""The ``docs_ui`` slot: pages on which a person reads the OpenAPI document."""
