"""The same six requests written by hand, in several ways, on the same database.

Each module is a whole app without slots: the counterparts of the stacks ``classic``, ``typed``, ``light``, ``fast`` and
``bare``, the style of tutorials, rows to JSON, plain WSGI, and an empty Flask app. Before they are measured, their
responses are compared with those of a stack.
"""

from flask import request
from itsdangerous import URLSafeTimedSerializer

TOKEN_SALT = "assembly_required.tokens"  # noqa: S105 - a salt is not a secret
"""The salt of ``tokens = plain``."""


def signer(secret_key: str) -> URLSafeTimedSerializer:
    """Return the serializer that signs and checks tokens: a user's id and their generation."""
    return URLSafeTimedSerializer(secret_key, salt=TOKEN_SALT)


def sent_token() -> str:
    """Return the token of this request."""
    sent = request.authorization
    return sent.token or "" if sent else ""


def token(secret_key: str, user_id: int) -> str:
    """Issue a token for a user."""
    return str(signer(secret_key).dumps([user_id, 0]))
