"""A letter as a task: ``django.tasks``, which needs Django 6 and so Python 3.12.

``@task`` registers a function, and ``send.enqueue`` gives the call to the backend that the setting ``TASKS`` names.
Django itself has two: ``ImmediateBackend`` runs the task before ``enqueue`` returns, and ``DummyBackend`` only keeps
it, for tests. So here ``POST /letters`` waits for the mail server, and a letter that fails is not tried again; Django
has no retries. For a real queue, install a backend, such as django-tasks or huey's, and change the setting. The
immediate backend keeps no results either, so this app keeps them.

Start it with ``python django_app.py runserver``; ``MAIL_SERVER`` and ``MAIL_PORT`` name the mail server.
It follows https://docs.djangoproject.com/en/6.0/topics/tasks/
"""

import os
import secrets
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line

if django.VERSION < (6, 0):
    sys.exit(f"django.tasks needs Django 6, and this is {django.__version__}: python3.12 -m pip install 'django>=6'")

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    TASKS={"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}},
    EMAIL_HOST=os.environ.get("MAIL_SERVER", "localhost"),
    EMAIL_PORT=int(os.environ.get("MAIL_PORT", 25)),
    EMAIL_TIMEOUT=5,
)
django.setup()
sys.modules["django_app"] = sys.modules[__name__]  # a backend finds a task by its module, which is __main__ here

from django.core.mail import send_mail
from django.http import Http404, JsonResponse
from django.tasks import TaskResultStatus, task
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

results = {}


# step: retry
@task
def send(to):
    send_mail("Welcome", "Hello!\n", "blog@example.com", [to])


# step: enqueue
@require_POST
def create_letter(request):
    to = request.POST.get("to", "")
    if "@" not in to or not to.isprintable():
        return JsonResponse({"error": "This is not an email address."}, status=400)
    result = send.enqueue(to)
    results[result.id] = result
    return JsonResponse({"id": result.id}, status=202)


# step: what became of it
@require_GET
def show_letter(request, letter_id):
    result = results.get(letter_id)
    if result is None:
        raise Http404
    words = {TaskResultStatus.SUCCESSFUL: "sent", TaskResultStatus.FAILED: "failed"}
    return JsonResponse({"status": words.get(result.status, "waiting"), "attempts": result.attempts})


urlpatterns = [path("letters", create_letter), path("letters/<letter_id>", show_letter)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
