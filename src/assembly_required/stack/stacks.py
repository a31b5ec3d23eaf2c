"""The named stacks: a choice for every slot at once. A stack lists only the slots that differ from the
defaults.

The stack ``django`` keeps Flask-Migrate and Flask-Login. Django's migrations would own the schema that all options
share, and Django's login needs its auth app, with its own tables for users and sessions.
"""

STACKS: dict[str, dict[str, str]] = {
    "classic": {},
    "typed": {"tokens": "flask_jwt_extended", "validation": "pydantic", "docs": "spectree"},
    "light": {"orm": "peewee", "validation": "msgspec", "docs": "apispec"},
    "fast": {"orm": "sqlalchemy_core", "validation": "msgspec", "docs": "plain"},
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
        "tasks": "plain",
        "tokens": "plain",
        "limits": "plain",
        "validation": "plain",
        "docs": "plain",
    },
}
"""From the name of a stack to its choices.

In ``fast``, a list of 20 articles takes 0.3 times as long as in ``classic`` with ``orm = sqlalchemy_core`` alone, and
0.23 times with msgspec and a document by hand as well. The slots of the site stay as they are. Flask calls functions of
Flask-Login and Flask-WTF for the API too, which take 1 % of the instructions of a list; ``login = plain`` and
``forms = plain`` have none.
"""

PURPOSES: dict[str, str] = {
    "classic": "The packages that most Flask applications use. For those who learn Flask today.",
    "typed": "Type hints describe requests and answers, and a JWT names the caller. For those who come from FastAPI.",
    "light": "Small packages that do one thing each. For those who want few dependencies.",
    "fast": "What is left when speed decides. For those who serve many requests.",
    "django": "Django's own parts, where they work without the rest of Django. For those who come from Django.",
    "bare": "Code written by hand where possible, with Flask alone. For those who want to see what the packages save.",
}
"""What each stack is for."""

NOTES: dict[str, str] = {
    "django": (
        "The stack django keeps Flask-Migrate and Flask-Login: Django's migrations would own the schema that all "
        "options share,\nand Django's login needs its auth app, with its own tables for users and sessions."
    )
}
"""What ``flask stack show`` prints below a stack whose choices need an explanation."""
