"""``flask stack set``: write a choice into ``instance/config.toml``.

tomlkit keeps comments and order. Nothing is written if the options do not fit together.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import ParseError

from ..stack.assembly import Choice, choose
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
        after_set = read_settings({"INSTANCE_PATH": str(settings.instance)}, settings.root, text=after)
        after_set.origins.update(
            {key: "the command line" for key in chosen if not after_set.where(key).startswith("FLASK_")}
        )
        choose_checked(after_set)
        new = path.with_suffix(".new")
        new.write_text(after, encoding="utf-8")
        new.replace(path)
    return path


def choose_checked(settings: Settings) -> Choice:
    """Choose the options. If an adapter comes from outside, build an app and drop it: that checks its interface.

    :raises ConfigError: the options do not fit, or an adapter does not have the shape of its interface.
    """
    choice = choose(settings)
    if any("." in chosen.option.name for chosen in choice.values()):
        from ..factory import build_app

        build_app(settings)
    return choice


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
