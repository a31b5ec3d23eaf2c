"""A page for a given OpenAPI document, without the internet."""
