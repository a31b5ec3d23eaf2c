"""The ``forms`` slot: the HTML forms of the site. Interface: :class:`~assembly_required.stack.interfaces.Forms`.

*In Django* ``django.forms``, and ``CsrfViewMiddleware`` with ``{% csrf_token %}``.

*Here* each option defines the same seven forms, with the limits and messages of
:mod:`assembly_required.conduit.limits`. A form renders its own input elements; the labels and errors around them come
from one template for all options. CSRF protection is in the same slot, because the extensions include it. The API needs
none: it reads the credential from a header, which a form on another site cannot send.

*What it costs*: the fields are defined here and in the ``validation`` slot. WTForms and ``django.forms`` validate their
own fields. If they used the schemas of the ``validation`` slot, their own validators would have nothing
to do.

*Next*: :mod:`assembly_required.adapters.forms.plain`.
"""
