"""``flask stack docs``: write what the README and ``config.example.toml`` take from the tables."""

import re
from collections.abc import Callable
from pathlib import Path

import tomlkit

from ..stack.settings import KEYS
from ..stack.slots import SLOTS, ConfigError

START, END = "<!-- slots -->\n", "<!-- /slots -->\n"

HEAD = """\
# This file shows every setting with its default. Copy it to config.toml in the same folder, and remove the # from the
# lines you want to change. An environment variable with FLASK_ before the key overrides the file:
# FLASK_TOKEN_DAYS=1 flask run
"""


def find_outdated(root: Path) -> dict[Path, str]:
    """Find the files of a project that do not agree with the tables, and return the text that each should have.

    :raises ConfigError: a file cannot be read, or the README has no place for the table.
    """
    texts = {path: (read(path), generate) for path, generate in list_generated(root).items()}
    return {path: new for path, (text, generate) in texts.items() if (new := generate(text)) != text}


def list_generated(root: Path) -> dict[Path, Callable[[str], str]]:
    """List the generated files, each with the function that turns its present text into the new one."""
    return {root / "README.md": replace_table, root / "instance" / "config.example.toml": lambda _: format_example()}


def read(path: Path) -> str:
    """The text of a file; empty if there is no file."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.\nMake it readable, or remove it.") from None


def replace_table(readme: str) -> str:
    """Put the current table of slots into the text of the README."""
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    if not (start and end):
        raise ConfigError(
            "README.md has no place for the table of slots: it lies between two lines that are missing here.\n"
            f"Put them where the table should be: {START.strip()} and {END.strip()}"
        )
    return f"{before}{start}{format_slots()}{end}{after}"


def format_slots() -> str:
    """Format the slots as a table in Markdown."""
    rows = [
        (f"`{slot.name}`", mark_code(slot.stands_for), ", ".join(f"`{name}`" for name in slot.names))
        for slot in SLOTS.values()
    ]
    head = "| slot | stands for | options; the first is the default |\n|---|---|---|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def mark_code(text: str) -> str:
    """Put dotted names and paths in backticks.

    >>> mark_code("django.forms and FastAPI's /docs")
    "`django.forms` and FastAPI's `/docs`"
    """
    return re.sub(r"\w+(?:\.\w+)+|/\w+", r"`\g<0>`", text)


def format_example() -> str:
    """Format ``config.example.toml``: each key with its meaning and its default, as a comment."""
    names = {slot.key: slot.names[0] for slot in SLOTS.values()}
    parts = [
        f"\n# {key.meaning}\n# {name} = {tomlkit.item(names.get(name, key.default)).as_string()}\n"
        for name, key in KEYS.items()
    ]
    return HEAD + "".join(parts)
