"""A signal of the API, beside those that Flask sends. Nobody listens to it unless requests are watched.

Source: https://flask.palletsprojects.com/en/stable/signals/
"""

from blinker import Namespace

phase_started = Namespace().signal("phase-started")
"""Sent by the app when a phase of an operation begins: ``name`` is ``validation``, ``handler`` or ``serialization``."""
