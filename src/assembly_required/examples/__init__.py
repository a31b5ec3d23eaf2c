"""One-file apps that do the job of one slot, each in the words of one library.

They import nothing of this project, so each file can be copied: ``flask examples copy login/flask_login DIR``.
"""
