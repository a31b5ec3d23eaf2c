"""Read the project, and the stacks and options that a command line names."""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import ScriptInfo

from ..stack.assembly import choose
from ..stack.names import find_close
from ..stack.settings import Settings, read_settings
from ..stack.slots import SLOTS, Option
from ..stack.stacks import STACKS

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def read_project() -> Settings:
    """Read the settings of the project without its configuration file, which may have errors."""
    return read_settings(root=find_root(), text="")


def read_configuration() -> Settings:
    """Read the settings of the project in which ``flask`` was called."""
    return read_settings(root=find_root())


def find_root() -> Path:
    """Find the folder of ``wsgi.py``, and make the modules in it importable, as ``flask run`` does."""
    script = click.get_current_context().ensure_object(ScriptInfo).app_import_path or ""
    file = Path(script.rpartition(":")[0] or script)
    folder = file.parent if file.suffix == ".py" else Path.cwd()
    if (entry := str(folder.resolve())) not in sys.path:
        sys.path.insert(0, entry)
    return folder


def parse_choices(choices: Sequence[str]) -> dict[str, str]:
    """Parse ``SLOT=OPTION`` and ``stack=NAME`` into config keys and values."""
    layer = {}
    for choice in choices:
        slot, _, option = choice.partition("=")
        if slot not in [*SLOTS, "stack"] or not option:
            names = ", ".join(["stack", *SLOTS])
            meant = find_close(slot, ["stack", *SLOTS]) if slot not in SLOTS else None
            hint = f" Did you mean {meant}={option}?" if meant and option else ""
            raise click.UsageError(f"{choice!r} is not of the form SLOT=OPTION, with SLOT one of {names}.{hint}")
        layer[get_key(slot)] = option
    return layer


def get_key(slot: str) -> str:
    """Return the config key of a slot, or of the stack."""
    if slot not in [*SLOTS, "stack"]:
        raise click.UsageError(f"{slot!r} is not a slot: choose one of {', '.join(['stack', *SLOTS])}.")
    return "STACK" if slot == "stack" else SLOTS[slot].key


def get_slot(key: str) -> str:
    """Return the name of the slot to which a config key belongs.

    >>> get_slot("STACK_DOCS_UI"), get_slot("STACK")
    ('docs_ui', 'stack')
    """
    return key.removeprefix("STACK_").lower()


def read_choices(path: Path) -> dict[str, Any]:
    """Read the stack and the slots that a configuration file sets. Without a valid file there are none."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    keys = ["STACK", *(slot.key for slot in SLOTS.values())]
    return {key: values[key] for key in keys if key in values}


def compare_choices(one: str, other: str) -> dict[str, tuple[Option, Option]]:
    """Return the slots in which two stacks differ, or the slot of two options."""
    if "=" in one and "=" in other:
        (slot, first), (again, second) = one.split("=", 1), other.split("=", 1)
        known = slot in SLOTS and all("." in name or name in SLOTS[slot].names for name in (first, second))
        if slot != again or not known:
            raise click.UsageError(f"{one!r} and {other!r} are not two options of one slot: see 'flask stack options'.")
        return {slot: (find_option(slot, first), find_option(slot, second))} if first != second else {}
    for each in (one, other):
        if each not in STACKS:
            names = ", ".join(STACKS)
            raise click.UsageError(
                f"{each!r} is not a named stack: choose two of {names}, or two options as SLOT=OPTION."
            )
    left, right = (list_stack(STACKS[each]) for each in (one, other))
    return {name: (left[name], right[name]) for name in SLOTS if left[name] != right[name]}


def find_option(slot: str, name: str) -> Option:
    """Find an option of a slot. An adapter from another package is imported."""
    if "." not in name:
        return SLOTS[slot].option(name)
    asked = Settings(find_root(), find_root())
    asked.add({get_key(slot): name}, "the command line")
    return choose(asked)[slot].option


def list_stack(choices: Mapping[str, str]) -> dict[str, Option]:
    """Return the option of a named stack for every slot."""
    return {name: slot.option(choices.get(name, slot.names[0])) for name, slot in SLOTS.items()}
