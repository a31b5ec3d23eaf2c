"""The ``mail`` slot: letters to users. Interface: :class:`~assembly_required.stack.interfaces.Mail`.

*In Django* ``django.core.mail`` with ``EMAIL_BACKEND``: console, filebased, smtp, locmem.

*Here* the same backends, and a letter may go by several: by default to the console and into ``instance/mail``, where
somebody who tries the blog out finds his link.

*What it costs*: whoever serves the site to others has to say where mail goes (MAIL_BACKENDS, MAIL_SERVER).

*Next*: :mod:`assembly_required.adapters.mail.flask_mailman`.
"""
