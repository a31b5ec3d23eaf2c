"""A draft: the choices that the board shows, before a browser uses them. It is in the query of the URL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..cli.choices import get_key
from ..stack.assembly import Choice, fits
from ..stack.names import suggest
from ..stack.packages import format_install
from ..stack.slots import SLOTS, Option, Slot, StackError
from ..stack.stacks import STACKS
from .pool import ORIGIN, Pool

NAMES = ("stack", *SLOTS)
"""What a query may choose: a named stack, and an option for each slot."""

OTHERS = ("from", "peer", "csrf_token")
"""Names in a query or a form that choose no option."""

Query = dict[str, str]


def read_choices(pool: Pool, query: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Read config keys from a query or a form. Return them, and what is wrong with the others."""
    asked = {name: query[name] for name in NAMES if query.get(name)}
    wrong = {name: problem for name, value in asked.items() if (problem := explain_unknown_value(pool, name, value))}
    choices = {get_key(name): value for name, value in asked.items() if name not in wrong}
    return choices, [*explain_unknown_names(query), *wrong.values()]


def write_query(choices: Mapping[str, str]) -> Query:
    """Write config keys as values of a query: the opposite of :func:`read_choices`."""
    return {name: choices[get_key(name)] for name in NAMES if choices.get(get_key(name))}


def explain_unknown_names(query: Mapping[str, str]) -> list[str]:
    """Explain names in a query that are not those of slots."""
    return [
        f"{name!r} is not a slot: choose one of {', '.join(NAMES)}.{suggest(name, NAMES)}"
        for name in query
        if name not in (*NAMES, *OTHERS)
    ]


def explain_unknown_value(pool: Pool, name: str, value: str) -> str:
    """Explain why there is no such option, or no such stack; return an empty text if there is.

    An adapter from another package is accepted only if the configuration names it. To read its needs, it has to be
    imported, and a link must not cause that.
    """
    key = get_key(name)
    if value in (STACKS if name == "stack" else [*SLOTS[name].names, pool.merge({}).values[key]]):
        return ""
    if name != "stack" and "." in value:
        return (
            f"{key} = {value!r} (from {ORIGIN}) is an adapter from another package:\n"
            "the workbench uses one only if the configuration names it, because its code runs as soon as it is chosen. "
            f"Run: flask stack set {name}={value}"
        )
    try:
        pool.choose({key: value})
    except StackError as error:
        return next(each for each in error.problems if each.startswith(f"{key} = {value!r}"))
    return ""


@dataclass(frozen=True)
class OtherOption:
    """An option that could fill a slot instead.

    :param query: the draft with this option.
    :param install: the command that installs it; empty if it is installed.
    :param fits: whether it fits each choice for another slot.
    """

    option: Option
    query: Query
    install: str
    fits: bool


@dataclass(frozen=True)
class Card:
    """A slot on the board.

    :param used: the option that this browser uses now, and ``drafted`` the one of the draft.
    :param why: why the draft has it.
    :param others: the other options.
    :param without: the draft without the choice for this slot; ``None`` if it makes none.
    """

    slot: Slot
    used: str
    drafted: Option
    why: str
    others: list[OtherOption]
    without: Query | None

    @property
    def is_changed(self) -> bool:
        """Whether the draft changes this slot."""
        return self.used != self.drafted.name


@dataclass(frozen=True)
class Way:
    """One choice that makes the options of a draft fit together.

    :param name: the slot, and ``option`` its option.
    :param query: the draft with it.
    """

    name: str
    option: str
    query: Query


@dataclass(frozen=True)
class Draft:
    """The choices on the board.

    :param stack: the named stack.
    :param choices: config keys above those of the configuration.
    :param problems: why they do not fit together, or are not installed; empty if they can be used.
    :param ways: what could be chosen instead.
    :param cards: all slots.
    """

    stack: str
    choices: dict[str, str]
    problems: list[str]
    ways: list[Way]
    cards: list[Card]

    @property
    def changed(self) -> list[Card]:
        """The slots that it changes."""
        return [card for card in self.cards if card.is_changed]

    @property
    def query(self) -> Query:
        """Its choices as values of a query or a form."""
        return write_query(self.choices)

    @property
    def side(self) -> str:
        """Its choices as a side of a comparison, such as ``stack=bare,orm=peewee``."""
        return ",".join(f"{name}={value}" for name, value in self.query.items())


def make_draft(pool: Pool, choices: dict[str, str], used: Choice) -> Draft:
    """Make a draft, and check whether its options fit together.

    :param used: what this browser uses now. A slot that the draft cannot fill is shown with its option.
    """
    values = pool.merge(choices).values
    explicit = {name: values[slot.key] for name, slot in SLOTS.items() if values[slot.key]}
    try:
        choice, problems = pool.choose(choices), []
    except StackError as error:
        choice, problems = used, error.problems
    cards = [make_card(name, choices, choice, used, explicit) for name in SLOTS]
    return Draft(values["STACK"], choices, problems, list(find_ways(choices, explicit)), cards)


def make_card(name: str, choices: Mapping[str, str], choice: Choice, used: Choice, explicit: Mapping[str, str]) -> Card:
    """Describe a slot of a draft.

    :param explicit: the options that were not left to the stack, in the draft and in the configuration.
    """
    chosen = choice[name]
    key = chosen.slot.key
    is_explicit = name in explicit and explicit[name] != chosen.option.name
    drafted = chosen.slot.option(explicit[name]) if is_explicit else chosen.option
    why = "chosen here" if choices.get(key) == drafted.name else chosen.why
    others = [
        OtherOption(
            option,
            write_query({**choices, key: option.name}),
            format_install(option.extra) if option.missing() else "",
            fits_all(name, option.name, explicit),
        )
        for option in chosen.slot.options
        if option.name != drafted.name
    ]
    without = write_query({other: value for other, value in choices.items() if other != key})
    return Card(chosen.slot, used[name].option.name, drafted, why, others, without if key in choices else None)


def find_ways(choices: Mapping[str, str], explicit: Mapping[str, str]) -> Iterator[Way]:
    """Find the choices that make an option fit which does not fit now."""
    for name, value in explicit.items():
        if not fits_all(name, value, explicit):
            for option in SLOTS[name].names:
                if fits_all(name, option, explicit):
                    yield Way(name, option, write_query({**choices, get_key(name): option}))


def fits_all(name: str, option: str, explicit: Mapping[str, str]) -> bool:
    """Check whether an option of a slot fits the options of each other slot."""
    return all(fits({other: value, name: option}) for other, value in explicit.items() if other != name)
