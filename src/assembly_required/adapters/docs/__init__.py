"""The ``docs`` slot: the routes of the API, and the OpenAPI document that describes them.

*In Django* drf-spectacular reads the views and serializers of REST framework, and writes the document.

*Here* each option adds the routes and describes them, because most extensions do both with the same decorators.
Each option writes the comments as the documentation of its extension would, and adds all other operations in a loop.

*What it costs*: some extensions work with only one library for validation; see ``needs`` in
:mod:`assembly_required.stack.slots`.

*Next*: :mod:`assembly_required.adapters.docs.plain`.
"""
