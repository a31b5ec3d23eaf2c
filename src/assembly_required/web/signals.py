"""Signals of the application, beside those that Flask sends. They have receivers only if the workbench is used.

Source: https://flask.palletsprojects.com/en/stable/signals/
"""

from blinker import Namespace

phase_started = Namespace().signal("phase-started")
"""Sent by the app when a phase of an operation of the API begins.

``name`` is ``authentication``, ``look-up``, ``validation``, ``handler`` or ``serialization``; ``function`` is the
handler, or ``None`` for the other phases.
"""

letter_queued = Namespace().signal("letter-queued")
"""Sent by the app when a letter was queued: ``kind`` is the kind of letter."""
