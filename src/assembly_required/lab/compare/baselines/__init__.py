"""The same six requests, written by hand in seven ways, on the same database.

*In Django* the comparable question is what Django REST framework adds to a plain view.

*Here* each file is a whole application that somebody could have written without slots: the twins of the stacks
``classic``, ``typed``, ``light`` and ``bare``, the way tutorials show it, rows straight to JSON, no framework at all,
and a Flask that answers nothing.

*What it costs*: code that exists to be measured. It answers like every stack, which is checked before each measurement,
and does only what these requests need.

*Next*: :mod:`assembly_required.lab.compare.baselines.sessions`.
"""

from itsdangerous import URLSafeTimedSerializer

TOKEN_SALT = "assembly_required.tokens"  # noqa: S105 - a salt is no secret
"""That of ``tokens = plain``."""


def signer(secret_key: str) -> URLSafeTimedSerializer:
    """Signs user ids, and checks them."""
    return URLSafeTimedSerializer(secret_key, salt=TOKEN_SALT)


def token(secret_key: str, user_id: int) -> str:
    """What the baselines take as the proof of a user."""
    return str(signer(secret_key).dumps(user_id))
