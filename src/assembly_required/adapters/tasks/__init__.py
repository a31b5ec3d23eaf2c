"""The ``tasks`` slot: work that is done outside of the request, such as mail.

Interface: :class:`~assembly_required.stack.interfaces.Tasks`.

*In Django* ``django.tasks``, since Django 6.0: ``@task`` and ``task.enqueue(...)``. Django itself only has a backend
that runs a task at once and one for tests, and no retries. Most sites use Celery.

*Here* a task has a name, a number of retries and a function. ``enqueue`` puts a call into the queue; its arguments are
JSON values, because another process may run it. A task that fails is tried again after ``TASK_RETRY_SECONDS``, then
after twice that time.

*What it costs*: a task may run twice, and the user has got a response before it fails. If a call cannot be queued
because the broker is away or the queue is full, the site logs an error and answers as usual, as it does for mail that
is lost later.

*Next*: :mod:`assembly_required.adapters.tasks.plain`.
"""
