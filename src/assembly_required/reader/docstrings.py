"""Convert docstrings from reStructuredText to Markdown, as far as this project uses it."""

import re
from functools import partial
from inspect import cleandoc

ROLE = re.compile(r":(\w+):`([^`]+)`")
FIELD = re.compile(r"^:(\w+)(?: ([^:]+))?: ?", re.MULTILINE)
DOCTEST = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)
SOURCE = re.compile(r"(?<![(<])https?://\S+[\w/]")
LINK = re.compile(r"`([^`<]+?)\s+<(https?://[^>]+)>`_")

PACKAGE = "assembly_required."


def to_markdown(docstring: str, package: str = "") -> str:
    """Convert a docstring.

    :param package: the package to which names such as ``.models`` are relative.

    >>> print(to_markdown("See :mod:`assembly_required.stack.keys`.\\n\\n:param x: a ``str``."))
    See [`stack.keys`](module:stack.keys).
    <BLANKLINE>
    - `x`: a `str`.
    """
    text = cleandoc(docstring).replace("``", "`")
    text = DOCTEST.sub(lambda found: f"```pycon\n{found[0]}\n```", text)
    text = LINK.sub(r"[\1](\2)", text)
    text = ROLE.sub(partial(_format_role, package), text)
    text = FIELD.sub(_format_field, text)
    return SOURCE.sub(lambda found: f"<{found[0]}>", text)


def _format_role(package: str, found: re.Match[str]) -> str:
    shown = found[2].lstrip("~").removeprefix(PACKAGE)
    if found[1] != "mod" or not found[2].startswith((PACKAGE, ".")):
        return f"`{shown}`"
    return f"[`{shown}`](module:{package if shown.startswith('.') else ''}{shown})"


def _format_field(found: re.Match[str]) -> str:
    kind, name = found[1], found[2]
    return f"- {kind} `{name}`: " if kind == "raises" else f"- `{name}`: " if name else f"- {kind}: "
