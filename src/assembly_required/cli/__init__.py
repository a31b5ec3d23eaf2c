"""The commands beside Flask's own ``run``, ``shell`` and ``routes``.

Each group is an entry point in ``flask.commands``, so ``flask stack`` works even if the app cannot be built.
"""
