"""``flask stack set``: write options to ``instance/config.toml``.

tomlkit preserves comments and order. If the options do not fit together, nothing is written.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import ParseError

from ..stack.assembly import Choice, choose
from ..stack.settings import Settings, read_settings
from ..stack.slots import SLOTS, ConfigError

HEADER = "The configuration of this installation. config.example.toml shows every key."


def write(settings: Settings, chosen: Mapping[str, str], removed: Iterable[str]) -> Path:
    """Write options to the configuration file, if they fit together.

    :param chosen: config keys and their values. ``STACK`` also removes the keys of all slots that are not given.
    :param removed: config keys to remove.
    :raises ConfigError: the options do not fit together, or the file is not valid TOML. The file is not changed.
    """
    path = settings.instance / "config.toml"
    settings.instance.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.instance / "config.lock"):
        before = path.read_text(encoding="utf-8") if path.exists() else None
        try:
            after = edit(before, chosen, removed)
        except ParseError as error:
            raise ConfigError(f"{path} is not valid TOML: {error}.\nCorrect it in an editor, or delete it.") from None
        updated = read_settings({"INSTANCE_PATH": str(settings.instance)}, settings.root, text=after)
        updated.origins.update(
            {key: "the command line" for key in chosen if not updated.where(key).startswith("FLASK_")}
        )
        choose_checked(updated)
        new = path.with_suffix(".new")
        new.write_text(after, encoding="utf-8")
        new.replace(path)
    return path


def choose_checked(settings: Settings) -> Choice:
    """Choose the options. If an adapter comes from another package, also build an app, which checks its interface.

    :raises ConfigError: the options do not fit together, or an adapter does not match its interface.
    """
    choice = choose(settings)
    if any("." in chosen.option.name for chosen in choice.values()):
        from ..factory import build_app

        build_app(settings)
    return choice


def edit(text: str | None, chosen: Mapping[str, str], removed: Iterable[str]) -> str:
    """Edit the text of a configuration file.

    >>> print(edit('# mine\\nTOKEN_DAYS = 3 # short\\n', {"STACK_ORM": "plain"}, []), end="")
    # mine
    TOKEN_DAYS = 3 # short
    STACK_ORM = "plain"
    """
    document = tomlkit.parse(text) if text is not None else tomlkit.document().add(tomlkit.comment(HEADER))
    slots = [slot.key for slot in SLOTS.values()] if "STACK" in chosen else []
    for key in [*removed, *slots]:
        if key in document and key not in chosen:
            del document[key]
    document.update(chosen)
    return tomlkit.dumps(document)
