from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import TokenAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from .models import Token


class ExpiringTokenAuthentication(TokenAuthentication):
    """``Authorization: Token <key>``. ``request.auth`` is the key."""

    model = Token

    def authenticate(self, request):
        # bent: REST framework ignores a header of another scheme; the contract answers 401
        sent = get_authorization_header(request).split()
        if sent and sent[0].lower() != self.keyword.lower().encode():
            raise AuthenticationFailed
        return super().authenticate(request)

    def authenticate_credentials(self, key):
        try:
            token = self.get_model().objects.with_key(key)
        except Token.DoesNotExist:
            raise AuthenticationFailed from None
        if not token.user.is_active:
            raise AuthenticationFailed
        return token.user, key


class ExpiringTokenScheme(OpenApiAuthenticationExtension):
    target_class = ExpiringTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Type `Token` and the token, separated by a space.",
        }
