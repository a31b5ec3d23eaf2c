"""Compare how form libraries respond to the same requests.

The apps are the examples, which are written as the documentation of each library shows. Each example runs in a process
of its own, because Django's settings are process-wide.
"""

from collections.abc import Mapping
from importlib.util import find_spec

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..apart import find_outcomes
from ..frameworks import NO_ANSWER
from ..outcome import build_row
from ..table import Row, Table
from .requests import REQUESTS

EXAMPLES = "assembly_required.examples.forms"

ABOUT = (
    "Each form has a title of at most 80 characters, a text, and tags separated by commas. The apps are those of "
    "'flask examples list forms'. 'accepts' is followed by the value that was stored, 'refuses' by the status and the "
    "messages, and for tags by the value that the page shows again."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["forms"]) -> list[Table]:
    """Send the requests to the example of every option."""
    alone, absent = {}, {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
        elif find_spec(f"{EXAMPLES}.{option.name}_app") is None:
            absent[option.name] = f"not run: it has no example, write examples/forms/{option.name}_app.py"
        else:
            alone[option.name] = find_outcomes(f"{__name__}.child", f"{EXAMPLES}.{option.name}_app")
    rows = [build_row(name, detail, alone) for name, detail, *_ in REQUESTS]
    title = "A form that is filled in badly, left to each library"
    return [Table(title, ABOUT, "request", rows, count(rows, alone), absent | NO_ANSWER["forms"])]


def count(rows: list[Row], alone: Mapping[str, object]) -> list[str]:
    """Count the requests that are answered differently."""
    differs = [row.differs for row in rows]
    return [
        f"{len(rows) - differs.count('')} of {len(rows)} requests are answered differently by {', '.join(alone)}: "
        f"{differs.count('verdict')} are accepted, refused or fail, depending on the library; "
        f"{differs.count('words')} differ in words or in the stored value."
    ]
