"""Describe a stack as plain values, for ``flask stack show --json`` and the page ``/stack``."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from .assembly import Choice, Chosen
from .settings import Settings
from .slots import SLOTS, Option, Slot
from .stacks import STACKS

PACKAGE = Path(__file__).parents[1]


def describe_stack(settings: Settings, choice: Choice) -> dict[str, Any]:
    """Describe the option of each slot, the reason for it, and the other options."""
    stack = settings.values["STACK"]
    slots = {name: describe_slot(chosen) for name, chosen in choice.items()}
    return {"stack": stack, "changed": list(find_changed(stack, choice)), "slots": slots}


def find_changed(stack: str, choice: Choice) -> dict[str, str]:
    """Find the slots whose option is not the one of the named stack, each with its option."""
    options = STACKS[stack]
    names = {name: chosen.option.name for name, chosen in choice.items()}
    return {slot: name for slot, name in names.items() if name != options.get(slot, SLOTS[slot].names[0])}


def describe_slot(chosen: Chosen) -> dict[str, Any]:
    """Describe a slot: the option in use and the other built-in options."""
    slot, used = chosen.slot, chosen.option
    others = [option for option in slot.options if option.name != used.name]
    return {
        "option": used.name,
        "why": chosen.why,
        "stands_for": slot.stands_for,
        "in_use": describe_option(slot, used),
        "others": [describe_option(slot, option) for option in others],
    }


def describe_option(slot: Slot, option: Option) -> dict[str, Any]:
    """Describe an option and list its source files. The list is empty for an adapter from another package."""
    return {
        **asdict(option),
        "settings": list(option.settings),
        "default": option.name == slot.names[0],
        "installed": not option.missing(),
        "source": [path.relative_to(PACKAGE.parent).as_posix() for path in find_source(slot.name, option.name)],
    }


def find_source(slot: str, option: str) -> list[Path]:
    """Find the Python files of a built-in adapter. ``__init__.py`` comes first."""
    if slot not in SLOTS or option not in SLOTS[slot].names:
        return []
    adapter = PACKAGE / "adapters" / slot / option
    return sorted(adapter.rglob("*.py")) if adapter.is_dir() else [adapter.with_suffix(".py")]
