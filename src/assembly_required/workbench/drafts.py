"""A draft: the choices that the board shows, before a browser uses them. It is in the query of the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from ..stack.assembly import Choice
from ..stack.names import suggest
from ..stack.packages import format_install
from ..stack.slots import SLOTS, Option, Slot, StackError
from ..stack.stacks import STACKS
from .pool import Pool

NAMES = ("stack", *SLOTS)
"""What a query may choose: a named stack, and an option for each slot."""


def get_key(name: str) -> str:
    """Return the config key of a slot, or of the stack.

    >>> get_key("orm"), get_key("stack")
    ('STACK_ORM', 'STACK')
    """
    return "STACK" if name == "stack" else SLOTS[name].key


def read_choices(query: Mapping[str, str]) -> dict[str, str]:
    """Read config keys from a query or a form."""
    return {get_key(name): query[name] for name in NAMES if query.get(name)}


def write_query(choices: Mapping[str, str]) -> dict[str, str]:
    """Write config keys as values of a query: the opposite of :func:`read_choices`."""
    return {name: choices[get_key(name)] for name in NAMES if choices.get(get_key(name))}


@dataclass(frozen=True)
class OtherOption:
    """An option that could fill a slot instead.

    :param query: the draft with this option.
    :param install: the command that installs it; empty if it is installed.
    """

    option: Option
    query: str
    install: str


@dataclass(frozen=True)
class Card:
    """A slot on the board.

    :param used: the option that this browser uses now, and ``drafted`` the one of the draft.
    :param why: why the draft has it.
    """

    slot: Slot
    used: str
    drafted: Option
    why: str
    others: list[OtherOption] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether the draft changes this slot."""
        return self.used != self.drafted.name


@dataclass(frozen=True)
class Draft:
    """The choices on the board.

    :param choices: config keys above those of the configuration.
    :param problems: why they do not fit together; empty if they do.
    :param cards: all slots.
    """

    choices: dict[str, str]
    problems: list[str]
    cards: list[Card]

    @property
    def changed(self) -> list[Card]:
        """The slots that it changes."""
        return [card for card in self.cards if card.is_changed]

    @property
    def query(self) -> dict[str, str]:
        """Its choices as values of a form."""
        return write_query(self.choices)


def make_draft(pool: Pool, choices: dict[str, str], used: Choice) -> Draft:
    """Make a draft, and check whether its options fit together.

    :param used: what this browser uses now. A slot that the draft cannot fill is shown with its option.
    """
    try:
        choice, problems = pool.choose(choices), []
    except StackError as error:
        choice, problems = used, error.message.split("\n\n")
    return Draft(choices, problems, [make_card(name, choices, choice, used) for name in SLOTS])


def make_card(name: str, choices: dict[str, str], choice: Choice, used: Choice) -> Card:
    """Describe a slot of a draft."""
    chosen = choice[name]
    asked = choices.get(chosen.slot.key)
    known = asked in {option.name for option in chosen.slot.options}
    drafted = chosen.slot.option(asked) if asked and known else chosen.option
    why = "chosen here" if asked == drafted.name else chosen.why
    others = [
        OtherOption(option, add_option(choices, name, option.name), format_missing(option))
        for option in SLOTS[name].options
        if option.name != drafted.name
    ]
    return Card(chosen.slot, used[name].option.name, drafted, why, others)


def add_option(choices: Mapping[str, str], name: str, option: str) -> str:
    """Return the query of a draft with one more choice."""
    return urlencode(write_query({**choices, get_key(name): option}))


def format_missing(option: Option) -> str:
    """Return the command that installs an option, or an empty text if it is installed."""
    return format_install(option.extra) if option.missing() else ""


def explain_unknown(query: Mapping[str, str]) -> list[str]:
    """Explain names in a query that are neither a slot nor anything else that the board understands."""
    return [
        f"{name!r} is not a slot: choose one of {', '.join(NAMES)}.{suggest(name, NAMES)}"
        for name in query
        if name not in (*NAMES, "from")
    ]


def describe_stacks() -> list[tuple[str, str]]:
    """Return each named stack with the options that differ from the defaults."""
    return [
        (name, ", ".join(f"{slot} = {option}" for slot, option in options.items()) or "the default of every slot")
        for name, options in STACKS.items()
    ]
