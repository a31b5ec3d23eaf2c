"""The ``docs_ui`` slot: pages on which a person reads the OpenAPI document.

*In Django* drf-spectacular's ``SpectacularSwaggerView``, with assets from a CDN.

*Here* assets from wheels, so that the pages work without the internet.

*What it costs*: some megabytes on disk.

*Next*: :mod:`assembly_required.adapters.docs_ui.swagger`.
"""
