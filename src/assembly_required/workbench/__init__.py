"""The workbench: swap a part in the browser, and watch what a request does.

``wsgi.py`` calls :func:`~assembly_required.workbench.mounting.mount`, which puts a switchboard before the app. It
sends the requests of a browser that has opened ``/workbench`` to the stack which that browser chose. The factory knows
nothing of it, and other browsers are served as before.
"""
