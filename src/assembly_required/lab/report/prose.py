"""Read what the docstring of an adapter says about Django."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup, escape

IN_DJANGO = re.compile(r"^\*In Django\*:?\s+(.+?)(?:\n\n|\Z)", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"``(.+?)``|(?::\w+:)?`~?([^`]+)`")


def read_in_django(slot: str, option: str) -> Markup:
    """Read the paragraph *In Django* of an adapter, as HTML."""
    spec = find_spec(f"assembly_required.adapters.{slot}.{option}")
    source = Path((spec and spec.origin) or "").read_text(encoding="utf-8")
    found = IN_DJANGO.search(ast.get_docstring(ast.parse(source)) or "")
    return format_code(" ".join(found[1].split())) if found else Markup()


def format_code(text: str) -> Markup:
    """Turn the marks for code in a text, those of a docstring and of Markdown, into HTML.

    >>> format_code("``<b>`` of :mod:`a.b`, as `c`")
    Markup('<code>&lt;b&gt;</code> of <code>a.b</code>, as <code>c</code>')
    """
    return Markup(CODE.sub(lambda found: f"<code>{found[1] or found[2]}</code>", str(escape(text))))  # noqa: S704 - escaped
