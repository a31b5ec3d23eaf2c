"""The ``docs`` slot: routes of the API, and the OpenAPI document that describes them."""
