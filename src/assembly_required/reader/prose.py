"""Render the chapters and docstrings: Markdown with directives that quote code, and links that stay in the tutorial.

A directive is a line such as ``{{ code("stack.slots", "Slot") }}``. Its name is looked up in a table of functions, and
its arguments are texts, so a chapter runs no code.
"""

import ast
import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markupsafe import Markup

from ..stack.describe import PACKAGE
from .highlighting import highlight_text
from .parsing import parse_expression
from .places import find_module, name_module

CHAPTERS = Path(__file__).parent / "chapters"
ROOT = PACKAGE.parent.parent

LANGUAGES = {"sh": "bash", "": "text"}

Directive = Callable[..., Markup]


class ChapterError(Exception):
    """A chapter names something that does not exist."""


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.block.ruler.before("paragraph", "directive", _read_directive)
    markdown.add_render_rule("directive", _run_directive)
    markdown.add_render_rule("fence", _render_fence)
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("heading_open", _render_heading)
    markdown.add_render_rule("table_open", lambda *_: '<div class="table" tabindex="0"><table>\n')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return markdown


def render(text: str, folder: Path = CHAPTERS, directives: Mapping[str, Directive] | None = None) -> Markup:
    """Render Markdown.

    :param folder: the folder to which its links are relative.
    :param directives: the functions that its directives call.
    :raises ChapterError: a directive or a link names something that does not exist.
    """
    env = {"folder": folder, "directives": directives or {}}
    html: str = _markdown().renderer.render(_parse(text), _markdown().options, env)
    return Markup(html)  # noqa: S704 - the renderer has escaped the text


def render_inline(text: str) -> Markup:
    """Render one line of Markdown, without a paragraph around it.

    >>> render_inline("a `b`")
    Markup('a <code>b</code>')
    """
    html = str(render(text)).strip().removeprefix("<p>").removesuffix("</p>")
    return Markup(html)  # noqa: S704 - the renderer has escaped the text


@cache
def _parse(text: str) -> list[Token]:
    return _markdown().parse(text)


def make_slug(text: str) -> str:
    """Make the name of an anchor from a heading.

    >>> make_slug("1. See `factory.py`")
    '1-see-factory-py'
    """
    return "-".join(re.findall(r"[a-z0-9_]+", text.lower()))


def resolve(target: str, folder: Path) -> str:
    """Turn the target of a link into a URL: chapters and modules have pages here.

    :raises ChapterError: there is no such file or module.
    """
    if target.startswith("module:"):
        return _link_module(target.removeprefix("module:"))
    if ":" in target or target.startswith(("#", "/")):
        return target
    name, _, anchor = target.partition("#")
    path = Path(os.path.normpath(folder / name))
    if path.parent in (CHAPTERS, CHAPTERS / "slots") and path.is_file():
        return url_for("tutorial.chapter", name=path.stem, _anchor=anchor or None)
    if path.suffix == ".py" and path.is_relative_to(PACKAGE) and find_module(name_module(path)):
        return url_for("tutorial.code", module=name_module(path), _anchor=anchor or None)
    if not path.exists() and ROOT.joinpath("pyproject.toml").exists():
        raise ChapterError(f"A chapter links to {target}, but there is no such file.")
    return ""


def _link_module(name: str) -> str:
    """Return the URL of a module, or of a definition in it."""
    module, _, rest = name, "", ""
    while not find_module(module):
        module, dot, last = module.rpartition(".")
        if not dot:
            raise ChapterError(f"A text links to {name}, but there is no such module.")
        rest = f"{last}.{rest}".strip(".")
    return url_for("tutorial.code", module=module, _anchor=rest or None)


def _read_directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a line such as ``{{ code("stack.slots", "Slot") }}``."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not (line.startswith("{{") and line.endswith("}}")):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("directive", "", 0)
        token.content = line[2:-2].strip()
    return True


def _run_directive(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    content = tokens[index].content
    call = parse_expression(content)
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in env["directives"]):
        known = ", ".join(env["directives"])
        raise ChapterError(f"{{{{ {content} }}}} is not a directive: use one of {known}.")
    arguments = [ast.literal_eval(each) for each in call.args]
    named = {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg}
    return str(env["directives"][call.func.id](*arguments, **named))


def _render_fence(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    language = tokens[index].info.strip()
    html = highlight_text(tokens[index].content, LANGUAGES.get(language, language))
    return f'<div class="sample"><pre tabindex="0"><code>{html}</code></pre></div>\n'


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    url = resolve(str(tokens[index].attrGet("href") or ""), env["folder"])
    return f'<a href="{escapeHtml(url)}">' if url else "<a>"


def _render_heading(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f'<{tokens[index].tag} id="{make_slug(tokens[index + 1].content)}">'
