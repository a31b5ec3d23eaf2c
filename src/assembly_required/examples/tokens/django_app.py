"""A token for email and password, and an endpoint for its bearer: Django REST framework.

``ObtainAuthToken`` creates the token, a row in the database, and ``TokenAuthentication`` finds its user again. Neither
knows an expiry, so a subclass compares the token's time of creation. REST framework has one token for each user, so
signing in again replaces it. Set the demo account's password with ``PASSWORD``, or read it in the terminal when the
account is created.

Start it with ``python django_app.py runserver``.
https://www.django-rest-framework.org/api-guide/authentication/#tokenauthentication
"""

import os
import secrets
import sys
from datetime import timedelta

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.utils import timezone

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework.authtoken"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "django.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
    )
    django.setup()

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.urls import path
from rest_framework import serializers
from rest_framework.authentication import TokenAuthentication
from rest_framework.authtoken.models import Token
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

TOKEN_LIFETIME = timedelta(seconds=int(os.environ.get("TOKEN_SECONDS", 3600)))


# step: issue
class EmailTokenSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)

    def validate(self, attrs):
        user = authenticate(username=attrs["email"], password=attrs["password"])
        if user is None:
            raise serializers.ValidationError("Unable to log in with provided credentials.", code="authorization")
        return {"user": user}


class ObtainExpiringToken(ObtainAuthToken):
    serializer_class = EmailTokenSerializer

    def post(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = serializer.validated_data["user"]
        Token.objects.filter(user=user).delete()
        token, _ = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})


# step: verify
class ExpiringTokenAuthentication(TokenAuthentication):
    keyword = "Bearer"

    def authenticate_credentials(self, key):
        user, token = super().authenticate_credentials(key)
        if token.created < timezone.now() - TOKEN_LIFETIME:
            raise AuthenticationFailed("Token has expired.")
        return user, token


# step: use
class MeView(APIView):
    authentication_classes = [ExpiringTokenAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"email": request.user.email})


urlpatterns = [path("token", ObtainExpiringToken.as_view()), path("me", MeView.as_view())]


def create_demo_account():
    call_command("migrate", verbosity=0)
    if not User.objects.filter(username="jo@example.com").exists():
        password = os.environ.get("PASSWORD") or secrets.token_urlsafe()
        User.objects.create_user("jo@example.com", "jo@example.com", password)
        if "PASSWORD" not in os.environ:
            print("Sign in as jo@example.com with the password", password)


if __name__ == "__main__":
    create_demo_account()
    execute_from_command_line(sys.argv)
