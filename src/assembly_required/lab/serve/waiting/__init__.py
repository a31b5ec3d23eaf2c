"""``flask compare --waiting``: an endpoint that waits 50 ms for another service, on each framework and server.

Each ``*_app.py`` here is a program of its own, as the documentation of its framework would write it.
"""
