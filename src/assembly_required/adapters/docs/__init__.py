"""The ``docs`` slot: routes of the API, and the OpenAPI document that describes them.

*In Django* drf-spectacular, for REST framework.

*Here* an option adds the routes too, because that is how these extensions know what to describe.

*What it costs*: what an extension describes depends on the library that validates; see ``needs`` in
:mod:`assembly_required.stack.slots`.

*Next*: :mod:`assembly_required.adapters.docs.plain`.
"""
