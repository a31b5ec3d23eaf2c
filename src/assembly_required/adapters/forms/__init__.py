"""The ``forms`` slot: what a visitor fills in. Interface: :class:`~assembly_required.stack.interfaces.Forms`.

*In Django* ``django.forms``, and ``CsrfViewMiddleware`` with ``{% csrf_token %}``.

*Here* seven forms, written three times, with the limits of :mod:`assembly_required.conduit.limits` and its words. A
form renders its own controls; what stands around them is the same template for all. The token against forged forms
belongs to the same slot, because the extensions bring both. The API needs none: its credential is a header, which no
foreign form can send.

*What it costs*: fields are described here and in the validation slot. WTForms and ``django.forms`` validate by
themselves, and to go through another library's schemas would be to use a half of them.

*Next*: :mod:`assembly_required.adapters.forms.plain`.
"""
