"""Password hashes with ``django.contrib.auth``.

``create_user`` hashes with the first of ``PASSWORD_HASHERS``. ``authenticate`` verifies hashes of all of them, and
saves a new hash if the user's hash is not of the first hasher with its present costs. ``old`` (hashed with PBKDF2) and
``low`` (with lower costs) are renewed in this way at sign-in; both have the password ``correct-horse``.
``GET /hash/<name>`` is there to look at; leave it out of your own app.

Start it with ``python django_app.py runserver``.
It follows https://docs.djangoproject.com/en/5.2/topics/auth/passwords/
"""

import json
import os
import secrets
import sys

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "hashing_django.sqlite3"}},
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ],
    USE_I18N=False,
)
django.setup()

# Models can only be imported after django.setup().
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import ScryptPasswordHasher, identify_hasher, make_password
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET, require_POST


def read_credentials(request):
    try:
        data = json.loads(request.body)
        name, password = data["name"], data["password"]
        valid = bool(name.encode() and password.encode())
    except (ValueError, TypeError, KeyError, AttributeError):
        valid = False
    if not valid:
        raise BadRequest("Send a name and a password.")
    return name, password


# step: register
@require_POST
def register(request):
    name, password = read_credentials(request)
    try:
        User.objects.create_user(name, password=password)
    except IntegrityError:
        return JsonResponse({"error": "This name is taken."}, status=409)
    return JsonResponse({"name": name}, status=201)


# step: sign in
@require_POST
def login(request):
    name, password = read_credentials(request)
    # step: renew the hash
    user = authenticate(request, username=name, password=password)
    if user is None:
        return JsonResponse({"error": "Wrong name or password."}, status=401)
    return JsonResponse({"name": user.get_username()})


# step: look at a hash
@require_GET
def show_hash(request, name):
    user = get_object_or_404(User, username=name)
    parts = identify_hasher(user.password).decode(user.password)
    costs = {key: value for key, value in parts.items() if key not in ("algorithm", "salt", "hash")}
    return JsonResponse({"algorithm": parts["algorithm"], "costs": costs})


urlpatterns = [
    path("register", register),
    path("login", login),
    path("hash/<name>", show_hash),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    scrypt = ScryptPasswordHasher()
    old = make_password("correct-horse", hasher="pbkdf2_sha256")
    low = scrypt.encode("correct-horse", scrypt.salt(), n=2**12)
    User.objects.get_or_create(username="old", defaults={"password": old})
    User.objects.get_or_create(username="low", defaults={"password": low})
    execute_from_command_line(sys.argv)
