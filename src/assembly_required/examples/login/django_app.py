"""Sign in with ``django.contrib.auth``: a page for members only, "remember me", and sign out.

``LoginView`` and ``LogoutView`` bring the forms, the check of ``next`` and the CSRF token; ``AuthenticationMiddleware``
sets ``request.user``, and ``@login_required`` sends everybody else to ``LOGIN_URL``. Sessions are rows in the database,
so signing out also ends copies of the cookie. "Remember me" is one field more and ``request.session.set_expiry``.
Sign in as ``ada`` with the password ``analytical-engine``.

Start it with ``python django_app.py runserver``.
It follows https://docs.djangoproject.com/en/5.2/topics/auth/default/
"""

import os
import secrets
import sys

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

INDEX = """
<!doctype html>
<title>Django</title>
{% if user.is_authenticated %}
<p>Signed in as {{ user.username }}.</p>
<form method="post" action="{% url 'logout' %}">{% csrf_token %}<button>Sign out</button></form>
{% else %}
<p><a href="{% url 'login' %}">Sign in</a></p>
{% endif %}
<p><a href="{% url 'members' %}">Members only</a></p>
"""

LOGIN = """
<!doctype html>
<title>Sign in</title>
<form method="post">{% csrf_token %}{{ form.as_p }}<button>Sign in</button></form>
"""

MEMBERS = "<h1>Members</h1><p>Only for people like {{ user.username }}.</p>"

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "login_django.sqlite3"}},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.contrib.auth.context_processors.auth"],
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"index.html": INDEX, "login.html": LOGIN, "members.html": MEMBERS},
                    )
                ],
            },
        }
    ],
    LOGIN_URL="login",
    LOGIN_REDIRECT_URL="members",
    LOGOUT_REDIRECT_URL="index",
    CSRF_COOKIE_HTTPONLY=True,
)
django.setup()

# Models can only be imported after django.setup().
from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import render
from django.urls import path

THIRTY_DAYS = 30 * 24 * 60 * 60


class RememberForm(AuthenticationForm):
    remember = forms.BooleanField(label="Remember me", required=False)


# step: sign in
class RememberLoginView(LoginView):
    form_class = RememberForm
    template_name = "login.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        self.request.session.set_expiry(THIRTY_DAYS if form.cleaned_data["remember"] else 0)
        return response


def index(request):
    return render(request, "index.html")


# step: members only
@login_required
def members(request):
    return render(request, "members.html")


urlpatterns = [
    path("", index, name="index"),
    path("members", members, name="members"),
    path("login", RememberLoginView.as_view(), name="login"),
    # step: sign out
    path("logout", LogoutView.as_view(), name="logout"),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    if not User.objects.filter(username="ada").exists():
        User.objects.create_user("ada", password="analytical-engine")
    execute_from_command_line(sys.argv)
