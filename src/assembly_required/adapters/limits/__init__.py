"""The ``limits`` slot: how often something may be attempted.

Interface: :class:`~assembly_required.stack.interfaces.Limits`.

*In Django* nothing built in. Django REST framework has throttles: classes with a rate such as ``"5/min"``, which count
requests in Django's cache. Its documentation says that they are no protection against attacks, because their counters
are not atomic.

*Here* :mod:`assembly_required.web.attempts` asks about failed logins, letters and, if it is configured, registrations
and writes. An option counts them in windows: a window starts with the first attempt, and ends after a fixed time.

*What it costs*: up to twice the number of attempts around the end of a window. A limit on an account can be used to
lock its owner out, so failed logins are counted for an account and an address together first.

*Next*: :mod:`assembly_required.adapters.limits.plain`.
"""
