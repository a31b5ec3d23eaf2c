"""The named stacks: whole choices worth a name.

*In Django* there is one stack, and it has no name.

*Here* ``STACK = "classic"`` fills every slot at once, and ``STACK_<SLOT>`` changes one. A stack names only the slots in
which it differs from the defaults.

*What it costs*: nothing; these are data.

*Next*: :mod:`assembly_required.stack.settings`.
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

``classic``: the packages most Flask applications are made of. For whoever learns Flask today.

``typed``: type hints say what comes in and goes out, and a JWT says who calls. For whoever comes from FastAPI.

``light``: small packages that do one thing each, and do it fast. For whoever counts milliseconds, or dependencies.

``django``: the original wherever Django lets it out of its box. For whoever comes from Django, or wonders what of it
could be kept.

``bare``: by hand wherever that is possible; Flask, and nothing brought. For whoever wants to see what the others save.
"""
