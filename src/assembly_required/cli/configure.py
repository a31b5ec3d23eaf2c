"""``flask stack set``: a choice written into ``instance/config.toml``.

*In Django* one edits ``settings.py``.

*Here* one may edit the file too; the command does it without losing comments or order (tomlkit), and writes nothing
that does not make a stack.

*What it costs*: one small package.

*Next*: :mod:`assembly_required.cli.siblings`.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import ParseError

from ..stack.assembly import choose
from ..stack.settings import Settings, read_settings
from ..stack.slots import SLOTS, ConfigError

HEADER = "What this installation has chosen. config.example.toml shows every key."


def write(settings: Settings, chosen: Mapping[str, str], taken_back: Iterable[str]) -> Path:
    """Write choices into the file of an installation, if the stack then still fits together.

    :param chosen: config keys and their values; ``STACK`` takes back all slots that are not chosen with it.
    :param taken_back: config keys to remove.
    :raises ConfigError: it would not fit, or the file is not TOML; it stays as it was.
    """
    path = settings.instance / "config.toml"
    settings.instance.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.instance / "config.lock"):
        before = path.read_text(encoding="utf-8") if path.exists() else None
        try:
            after = changed(before, chosen, taken_back)
        except ParseError as error:
            raise ConfigError(f"{path} is not TOML: {error}.\nMend it by hand, or remove it.") from None
        choose(read_settings({"INSTANCE_PATH": str(settings.instance)}, settings.root, text=after))
        new = path.with_suffix(".new")
        new.write_text(after, encoding="utf-8")
        new.replace(path)
    return path


def changed(text: str | None, chosen: Mapping[str, str], taken_back: Iterable[str]) -> str:
    """
    >>> print(changed('# mine\\nTOKEN_DAYS = 3 # short\\n', {"STACK_ORM": "plain"}, []), end="")
    # mine
    TOKEN_DAYS = 3 # short
    STACK_ORM = "plain"
    """
    document = tomlkit.parse(text) if text is not None else tomlkit.document().add(tomlkit.comment(HEADER))
    slots = [slot.key for slot in SLOTS.values()] if "STACK" in chosen else []
    for key in [*taken_back, *slots]:
        if key in document and key not in chosen:
            del document[key]
    document.update(chosen)
    return tomlkit.dumps(document)
