"""The ``mail`` slot: mail to users. Interface: :class:`~assembly_required.stack.interfaces.Mail`.

*In Django* ``django.core.mail`` with ``EMAIL_BACKEND``: console, filebased, smtp or locmem.

*Here* there are the same backends, and a message can be sent through several of them. By default it is printed to the
console and written to ``instance/mail``, where somebody who tries out the blog finds the links in it. No request waits
for it: the slot ``tasks`` calls ``send``, and calls it again if it fails.

*What it costs*: on a public server, ``MAIL_BACKENDS`` and ``MAIL_SERVER`` must be set.

*Next*: :mod:`assembly_required.adapters.mail.flask_mailman`.
"""
