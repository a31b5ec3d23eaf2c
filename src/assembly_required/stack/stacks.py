"""The named stacks.

``STACK = "classic"`` fills every slot, and ``STACK_<SLOT>`` changes one. A stack lists only the slots in which it
differs from the defaults.
"""

STACKS: dict[str, dict[str, str]] = {
    "classic": {},
    "typed": {"tokens": "flask_jwt_extended", "validation": "pydantic", "docs": "spectree"},
    "light": {"orm": "peewee", "validation": "msgspec", "docs": "apispec"},
    "django": {
        "orm": "django",
        "hashing": "django",
        "forms": "django",
        "mail": "django",
        "admin": "django",
        "validation": "django",
        "docs": "apispec",
    },
    "bare": {
        "orm": "plain",
        "migrations": "plain",
        "hashing": "plain",
        "permissions": "plain",
        "login": "plain",
        "forms": "plain",
        "mail": "plain",
        "tokens": "plain",
        "validation": "plain",
        "docs": "plain",
    },
}
"""From the name of a stack to its choices.

``classic``: the packages that most Flask applications use. For those who learn Flask.

``typed``: type hints define input and output, and a JWT identifies the caller. For those who know FastAPI.

``light``: small, fast packages with one purpose each. For those who want few dependencies or short response times.

``django``: parts of Django itself, wherever they work outside a Django project. For those who know Django.

``bare``: no extension wherever that is possible. For those who want to see what an extension saves.
"""
