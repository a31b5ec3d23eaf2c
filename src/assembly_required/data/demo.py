"""A few people who write about what this project is about.

*In Django* a fixture, loaded with ``loaddata``.

*Here* it goes through the same use cases as everybody's writing, so it is valid on every stack.

*What it costs*: one password hash for each demo user, which is what makes ``flask setup --demo`` take a moment.

*Next*: :mod:`assembly_required.data.prose`.
"""

from ..conduit.articles import publish
from ..conduit.errors import Taken
from ..conduit.interfaces import Hashing, Store
from ..conduit.model import User, now
from ..conduit.users import register

EMAIL = "demo@example.com"
PASSWORD = "assembly-required"  # noqa: S105 - it is printed, and meant for a machine of one's own

PEOPLE = (("demo", EMAIL), ("ada", "ada@example.com"), ("grace", "grace@example.com"))

ARTICLES = (
    (
        "ada",
        "Assembly required",
        "Twelve slots that Django fills for you, and Flask leaves open",
        """\
Django comes with an ORM, migrations, users, forms, an admin. Flask comes with routing, templates and a signed cookie,
and a list of extensions.

Here every part that Django would have brought along is a **slot**, and what fills it is a line of configuration.
Change the line, restart, and the blog goes on with the same rows.

> A part you can take out is a part you understand.
""",
        ["flask", "django", "architecture"],
    ),
    (
        "grace",
        "What an ORM saves you",
        "The same query by hand, by a data mapper and by active records",
        """\
By hand, a list of articles is four statements and a loop. An ORM does not make the statements fewer; it makes them
harder to get wrong, and easier to make too many of.

1. Ask for the ids of the page.
2. Ask for their rows, with the author.
3. Ask for their tags.
4. Count.

Whoever asks for tags inside the loop has asked twenty times.
""",
        ["orm", "sql", "performance"],
    ),
    (
        "ada",
        "A session is not a token",
        "Why the site and the API recognise you in two different ways",
        """\
The site knows you by a cookie, which the browser sends along by itself. That is why a form needs a CSRF token: another
site could make your browser send one too.

The API knows you by a header, which nobody sends by accident. That is why it needs none, and why it must never look at
the cookie.
""",
        ["security", "flask", "sessions"],
    ),
    (
        "grace",
        "Absent, null and empty are three things",
        "What validation libraries make of a field that is not there",
        """\
A client that leaves `bio` out wants it to stay as it is. One that sends `null` wants it gone. One that sends `""`
means the same, or has a bug.

```python
bio = Text(limits.BIO, blank=True, allow_none=True)
```

marshmallow tells the three apart by itself. With type hints you need a word for *not there*.
""",
        ["validation", "api"],
    ),
    (
        "demo",
        "Two writers, one slug",
        "The database knows who was first; ask it, not yourself",
        """\
Checking whether a name is free and then taking it leaves a gap, and under load somebody is in it. Try to take it, and
let the unique constraint say no.
""",
        ["sql", "architecture"],
    ),
)

COMMENTS = (
    ("grace", "Assembly required", "And the manual is the source."),
    ("demo", "Assembly required", "I took the ORM out. It still runs."),
    ("ada", "What an ORM saves you", "Twenty-one times, with the list itself."),
)


def fill(store: Store, hashing: Hashing) -> None:
    """Write the demo data, unless its first user is there already."""
    try:
        people = {name: _register(name, email, store, hashing) for name, email in PEOPLE}
    except Taken:
        return
    written = {}
    for author, title, description, body, tags in ARTICLES:
        new = {"title": title, "description": description, "body": body, "tag_list": tags}
        written[title] = publish(new, store, people[author])
    for author, title, body in COMMENTS:
        store.add_comment(people[author], written[title], body, now())
    for reader in people.values():
        store.favorite(reader, written["Assembly required"])
    for followed in ("ada", "grace"):
        profile = store.profile(followed, people["demo"])
        if profile is not None:
            store.follow(people["demo"], profile)


def _register(name: str, email: str, store: Store, hashing: Hashing) -> User:
    return register({"username": name, "email": email, "password": PASSWORD}, store, hashing)
