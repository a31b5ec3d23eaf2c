"""The tokens of ``rest_framework.authtoken``: a random key in the database, one for each user, without an end."""

import json

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework.authentication import TokenAuthentication
from rest_framework.authtoken.views import obtain_auth_token
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from werkzeug.test import Client

from ...people import EMAIL, PASSWORD, USERNAME


class AccountView(APIView):
    authentication_classes = [TokenAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        """Say who the caller is."""
        return Response(request.user.get_username())


urlpatterns = [path("token", obtain_auth_token), path("account", AccountView.as_view())]


def answer() -> str:
    """Return a token that was issued over HTTP, and that is accepted."""
    settings.ROOT_URLCONF = __name__
    call_command("migrate", verbosity=0)
    User.objects.create_user(USERNAME, EMAIL, PASSWORD)
    client = Client(get_wsgi_application(), use_cookies=False)
    issued = client.post("/token", json={"username": USERNAME, "password": PASSWORD})
    token: str = json.loads(issued.text)["token"]
    account = client.get("/account", headers={"Authorization": f"Token {token}"})
    if account.json != USERNAME:
        raise AssertionError(f"REST framework rejects its own token: {account.text}")
    return token
