"""Compare what mail libraries make of the same letters, when used as their documentation shows.

Each library runs in a process of its own, because Django's settings are process-wide. A small SMTP server receives what
it sends. Each entry module has one function, ``send``.
"""

from collections.abc import Mapping

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..apart import find_outcomes
from ..frameworks import NO_ANSWER
from ..outcome import Outcome, build_row
from ..table import Table
from .letters import LETTERS, PATIENCE

ABOUT = (
    "Each library sent the same letters to a small SMTP server without extensions. 'accepts' is followed by what the "
    "server received of the part in question, 'refuses' by the exception. A server that is silent accepts the "
    f"connection and never answers; the table gives up after {PATIENCE} s."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["mail"]) -> list[Table]:
    """Let every library send the letters."""
    alone, absent = {}, {}
    for option in watch(slot.options):
        library = entry(slot, option)
        if isinstance(library, str):
            absent[option.name] = library
        else:
            alone[option.name] = find_outcomes(f"{__name__}.child", option.name)
    rows = [build_row(each.name, each.detail, alone) for each in LETTERS]
    return [Table("Letters, left to each library", ABOUT, "letter", rows, count(alone), absent | NO_ANSWER["mail"])]


def count(alone: Mapping[str, Mapping[str, Outcome]]) -> list[str]:
    """Count the letters that each library refuses."""
    refused = {name: [each.verdict for each in outcomes.values()].count("refuses") for name, outcomes in alone.items()}
    return [f"{name}: refuses {number} of {len(LETTERS)} letters." for name, number in refused.items()]
