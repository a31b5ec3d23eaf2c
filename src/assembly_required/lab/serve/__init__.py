"""``flask compare --serve`` and ``--waiting``: measure real servers with requests from outside.

Each server is started as a group of processes, which is stopped at the end. :mod:`.wrk` sends the requests.
"""
