"""Choose an option for every slot, check that the options fit together, and import their adapters.

The whole choice is checked before any built-in adapter is imported, and all errors are reported together. An adapter
from another package is imported earlier, to read its ``needs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Generic, TypeVar

from flask import Flask

from ..conduit.hashing import BoundedHashing
from ..conduit.interfaces import Hashing, Permissions, Store, Tokens
from .interfaces import INTERFACES, Forms, Limits, Login, Mail, Migrations, Tasks, Validation
from .names import suggest
from .packages import format_install
from .settings import Settings
from .shape import accepts, find_mismatches
from .slots import SLOTS, Need, Option, Slot, StackError
from .stacks import STACKS

Table = Mapping[str, Slot]
T = TypeVar("T")


@dataclass(frozen=True)
class Chosen:
    """The option that was chosen for a slot.

    :param why: the reason, for ``flask stack show``.
    """

    slot: Slot
    option: Option
    why: str


Choice = dict[str, Chosen]


@dataclass(frozen=True)
class Part(Generic[T]):
    """The imported adapter of one slot.

    :param chosen: the option.
    :param origin: where the choice was made, for error texts.
    :param module: the adapter's module.
    """

    chosen: Chosen
    origin: str
    module: Any

    def build(self, app: Flask, *parts: object) -> T:
        """Build the part. If the adapter comes from another package, check it against the interface of its slot.

        :raises StackError: it does not match the interface.
        """
        external = "." in self.chosen.option.name
        if external and not accepts(self.module.build, app, *parts):
            self._refuse([f"its function build cannot be called with {1 + len(parts)} argument(s)"])
        built: T = self.module.build(app, *parts)
        if external and (interface := INTERFACES.get(self.chosen.slot.name)):
            self._refuse(list(find_mismatches(built, interface)))
        return built

    def _refuse(self, problems: list[str]) -> None:
        slot = self.chosen.slot
        if problems:
            interface = INTERFACES.get(slot.name)
            model = f"{interface.__module__}.{interface.__name__}" if interface else "one of the adapters"
            raise StackError(
                f"{slot.key} = {self.chosen.option.name!r} (from {self.origin}) does not fit the slot {slot.name}:\n"
                f"{'; '.join(problems)}.\nChange the adapter to match {model}, "
                f"or set {slot.key} to one of: {', '.join(name for name in slot.names if '.' not in name)}."
            )


@dataclass(frozen=True)
class Parts:
    """The imported adapters of all slots."""

    orm: Part[Store]
    migrations: Part[Migrations]
    hashing: Part[Hashing]
    permissions: Part[Permissions]
    login: Part[Login]
    forms: Part[Forms]
    mail: Part[Mail]
    tasks: Part[Tasks]
    admin: Part[None]
    tokens: Part[Tokens]
    limits: Part[Limits]
    validation: Part[Validation]
    docs: Part[None]
    docs_ui: Part[None]


@dataclass(frozen=True)
class Assembled:
    """The parts of an app, for the commands and the workbench.

    It is stored in ``app.extensions["assembly_required"]``.
    """

    settings: Settings
    choice: Choice
    store: Store
    migrations: Migrations
    hashing: BoundedHashing
    permissions: Permissions
    login: Login
    forms: Forms
    mail: Mail
    tasks: Tasks
    validation: Validation
    tokens: Tokens
    limits: Limits


def assembled(app: Flask) -> Assembled:
    """Return the parts of an app."""
    found: Assembled = app.extensions["assembly_required"]
    return found


def choose(settings: Settings, slots: Table = SLOTS, stacks: Mapping[str, Mapping[str, str]] = STACKS) -> Choice:
    """Choose an option for every slot.

    The needs of an adapter from another package are known only after it is imported, so the choice is then made again.

    :raises StackError: the options do not exist, do not fit together or are not installed.
    """
    choice = _choose(settings, slots, stacks)
    external = {name: _read_needs(chosen, settings) for name, chosen in choice.items() if "." in chosen.option.name}
    return _choose(settings, {**slots, **external}, stacks) if external else choice


def assemble(settings: Settings) -> tuple[Choice, Parts]:
    """Choose an option for every slot, and import the adapters.

    :raises StackError: the choice is not possible, or an adapter cannot be imported.
    """
    choice = choose(settings)
    parts: dict[str, Part[Any]] = {
        name: Part(chosen, settings.where(chosen.slot.key), _import(chosen, settings))
        for name, chosen in choice.items()
    }
    return choice, Parts(**parts)


def _choose(settings: Settings, slots: Table, stacks: Mapping[str, Mapping[str, str]]) -> Choice:
    stack = settings.values["STACK"]
    if stack not in stacks:
        raise StackError(
            f"STACK = {stack!r} (from {settings.where('STACK')}) is not a named stack: {_suggest(stack, list(stacks))}"
        )
    explicit = {name: settings.values[slot.key] for name, slot in slots.items() if settings.values.get(slot.key)}
    wrong = [*_find_unknown(explicit, settings, slots), *_find_misfits(explicit, settings, slots)]
    if wrong:
        raise StackError("\n\n".join(wrong))
    names = _fill(explicit, stacks[stack], slots)
    choice = {name: _explain(name, names, explicit, stacks[stack], settings, slots) for name in slots}
    missing = [chosen for chosen in choice.values() if chosen.option.missing()]
    if missing:
        raise StackError(_format_missing(missing, settings))
    return choice


def _read_needs(chosen: Chosen, settings: Settings) -> Slot:
    """Import an adapter from another package, and return its slot with the ``needs`` and ``cannot`` of the adapter."""
    module = _import(chosen, settings)
    option = Option(chosen.option.name, needs=getattr(module, "needs", ()), cannot=getattr(module, "cannot", ()))
    return replace(chosen.slot, options=(*chosen.slot.options, option))


def _import(chosen: Chosen, settings: Settings) -> Any:
    name = chosen.option.name
    if "." not in name:
        return import_module(f"assembly_required.adapters.{chosen.slot.name}.{name}")
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if not f"{name}.".startswith(f"{error.name}."):
            raise
        raise StackError(
            f"{chosen.slot.key} = {name!r} (from {settings.where(chosen.slot.key)}) cannot be imported "
            f"({str(error).lower()}).\nInstall the package that contains it, or put it in the folder of wsgi.py, "
            f"or choose one of {', '.join(chosen.slot.names)}."
        ) from None
    if not callable(getattr(module, "build", None)):
        raise StackError(
            f"{chosen.slot.key} = {name!r} (from {settings.where(chosen.slot.key)}) is not an adapter: it has no "
            f"function 'build'.\nWrite one as in assembly_required/adapters/{chosen.slot.name}/, or choose one of "
            f"{', '.join(chosen.slot.names)}."
        )
    return module


def fits(names: Mapping[str, str], slots: Table = SLOTS) -> bool:
    """Check whether the options of these slots fit together."""
    return not any(_find_clashes(names, slots))


def _fill(explicit: Mapping[str, str], stack: Mapping[str, str], slots: Table) -> dict[str, str]:
    """Keep the explicit options, and choose the others so that all fit together, in order of preference."""

    def fillings(left: list[str], chosen: dict[str, str]) -> Iterator[dict[str, str]]:
        if not left:
            yield chosen
            return
        slot = slots[left[0]]
        preferred = stack.get(slot.name, slot.names[0])
        wishes = [explicit[slot.name]] if slot.name in explicit else list(dict.fromkeys([preferred, *slot.names]))
        for name in wishes:
            trial = {**chosen, slot.name: name}
            if fits(trial, slots):
                yield from fillings(left[1:], trial)

    filling = next(fillings([*explicit, *(name for name in slots if name not in explicit)], {}), None)
    if filling is None:
        keys = ", ".join(f"{slots[name].key} = {value!r}" for name, value in explicit.items())
        raise StackError(
            f"No stack has {keys}:\nfor at least one of the other slots, no option fits. "
            "Run 'flask stack options' to see the needs of each option, and remove or change one of these keys."
        )
    return filling


def _find_clashes(names: Mapping[str, str], slots: Table) -> Iterator[tuple[str, Need]]:
    """Yield each need of an option that the option of another slot does not meet."""
    for name, value in names.items():
        for need in slots[name].option(value).needs:
            if need.slot in names and names[need.slot] not in need.among:
                yield name, need


def _explain(
    name: str,
    names: Mapping[str, str],
    explicit: Mapping[str, str],
    stack: Mapping[str, str],
    settings: Settings,
    slots: Table,
) -> Chosen:
    slot, value = slots[name], names[name]
    preferred = stack.get(name, slot.names[0])
    if name in explicit:
        why = f"from {settings.where(slot.key)}"
    elif value == preferred:
        why = f"stack {settings.values['STACK']}"
    else:
        first, need = next(_find_clashes({**names, name: preferred}, slots))
        other = need.slot if first == name else first
        why = f"because {other} = {names[other]}"
    return Chosen(slot, slot.option(value), why)


def _find_unknown(explicit: Mapping[str, str], settings: Settings, slots: Table) -> Iterator[str]:
    for name, value in explicit.items():
        slot = slots[name]
        if value not in slot.names and not ("." in value and all(map(str.isidentifier, value.split(".")))):
            origin = settings.where(slot.key)
            yield f"{slot.key} = {value!r} (from {origin}) is not an option of this slot: {_suggest(value, slot.names)}"


def _suggest(value: str, names: list[str]) -> str:
    return f"choose one of {', '.join(names)}.{suggest(value, names, form='{!r}')}"


def _find_misfits(explicit: Mapping[str, str], settings: Settings, slots: Table) -> Iterator[str]:
    for name, need in _find_clashes(explicit, slots):
        yield _format_misfit(slots[name], explicit[name], need, explicit[need.slot], settings, slots)


def _format_misfit(slot: Slot, value: str, need: Need, other: str, settings: Settings, slots: Table) -> str:
    needed = slots[need.slot]
    fitting = [
        option.name
        for option in slot.options
        if not any(each.slot == need.slot and other not in each.among for each in option.needs) and option.name != value
    ]
    instead = f", or {slot.key} to {_format_names(fitting)}" if fitting else ""
    return (
        f"{slot.key} = {value!r} (from {settings.where(slot.key)}) does not fit "
        f"{needed.key} = {other!r} (from {settings.where(needed.key)}):\n"
        f"{need.because} Set {needed.key} to {_format_names(need.among)}{instead}."
    )


def _format_names(names: tuple[str, ...] | list[str]) -> str:
    return repr(names[0]) if len(names) == 1 else f"one of: {', '.join(names)}"


def _format_missing(missing: list[Chosen], settings: Settings) -> str:
    """List the options that are not installed, with one command that installs all of them."""
    lines = []
    for chosen in missing:
        modules = " and ".join(repr(module) for module in chosen.option.missing())
        lines.append(
            f"{chosen.slot.key} = {chosen.option.name!r} ({chosen.why}) is not installed (no module named {modules})."
        )
    stack = settings.values["STACK"]
    from_stack = len(missing) > 1 and all(chosen.why == f"stack {stack}" for chosen in missing)
    extras = [stack] if from_stack else sorted({chosen.option.extra for chosen in missing})
    install = f"Run: {format_install(*extras)}"
    return f"{lines[0]} {install}" if len(lines) == 1 else "\n".join([*lines, install])
