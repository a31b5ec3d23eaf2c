"""The ``docs_ui`` slot: pages that show the OpenAPI document. Their assets come from packages, not from a CDN."""
