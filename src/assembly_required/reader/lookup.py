"""What a reader knows from another framework, and where it is here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from .prose import make_slug, render, render_inline
from .references import Reference, read_table, refer

LABELS = {
    "slot": "choose an option",
    "app": "written here",
    "flask": "Flask brings it",
    "nobody": "not here",
}
"""Who does it: what ``by`` can be in a table, and how it is shown."""


@dataclass(frozen=True)
class Builtin:
    """Something that another framework brings.

    :param name: its name there.
    :param names: other names by which it is searched for.
    :param by: who does it here, a key of ``LABELS``.
    :param says: how it is done here, in Markdown.
    :param see: where, as references.
    """

    name: str
    names: tuple[str, ...]
    by: str
    says: str
    see: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The name of its anchor.

        >>> Builtin("`Paginator`", (), "app", "", ()).anchor
        'paginator'
        """
        return make_slug(self.name)

    @property
    def label(self) -> str:
        """Who does it, in words."""
        return LABELS[self.by]

    @property
    def text(self) -> Markup:
        """How it is done here."""
        return render(self.says)

    @property
    def heading(self) -> Markup:
        """The name as HTML."""
        return render_inline(self.name)

    @property
    def references(self) -> list[Reference]:
        """Where it is."""
        return [refer(text) for text in self.see]


def read_builtins(name: str) -> dict[str, list[Builtin]]:
    """Read a table such as ``from_django``, by topic."""
    return {
        topic: [Builtin(row["name"], tuple(row["names"]), row["by"], row["says"], tuple(row["see"])) for row in rows]
        for topic, rows in read_table(name).items()
    }


def list_builtins(name: str) -> Iterator[Builtin]:
    """List the rows of a table."""
    for rows in read_builtins(name).values():
        yield from rows


def show_builtins(name: str) -> Markup:
    """Render a table for its chapter."""
    counts = Counter(row.by for row in list_builtins(name))
    topics = {(topic, make_slug(topic)): rows for topic, rows in read_builtins(name).items()}
    return Markup(render_template("tutorial/lookup.html", topics=topics, counts=counts))  # noqa: S704 - it escapes
