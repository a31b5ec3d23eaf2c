"""Compare how validation libraries respond, when used as their documentation shows.

Each entry module has the same limits for two resources and a query, and four names: ``load``, ``REFUSES`` (the errors
of the library; any other exception is a 500), ``read_error`` and ``list_errors``.
"""

from collections.abc import Mapping
from types import ModuleType

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..frameworks import NO_ANSWER
from ..here import HERE, app_with, load
from ..inputs import INPUTS, Input
from ..outcome import Outcome, accept, fail, find_difference
from ..table import Cell, Row, Table

Answers = Mapping[str, Mapping[str, Outcome]]
"""The outcomes by option, then by the name of the input."""

EXAMPLE = "a title that is too long"

ABOUT = (
    "Each library got the same bytes, with schemas written as its own documentation shows. 'accepts' is followed by "
    f"the loaded value of the field, 'fails' by an uncaught exception. '{HERE}' is the response of this application, "
    "with any of them. 'plain' is a view with checks written by hand, as in Flask's tutorial, not the option of that "
    "name in this application."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["validation"]) -> list[Table]:
    """Run every library, by itself and inside the application."""
    alone: dict[str, dict[str, Outcome]] = {}
    here: dict[str, dict[str, Outcome]] = {}
    absent: dict[str, str] = {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option) as app:
            here[option.name] = {each.name: load(app, each) for each in INPUTS}
        module = entry(slot, option)
        if isinstance(module, str):
            absent[option.name] = module
        else:
            alone[option.name] = {each.name: answer(module, each) for each in INPUTS}
    main = Table(
        "Bad input, left to each validation library",
        ABOUT,
        "input",
        [row(each, alone, here) for each in INPUTS],
        findings(alone, here),
        absent | NO_ANSWER["validation"],
    )
    return [main, shapes(alone)]


def answer(library: ModuleType, sent: Input) -> Outcome:
    """Load an input with a library by itself, and return the outcome."""
    try:
        return accept(library.load(sent.schema, sent.sent), sent.field)
    except library.REFUSES as error:
        return Outcome("refuses", "; ".join(library.list_errors(error)), library.read_error(error))
    except Exception as error:  # Flask would respond to it with a 500
        return fail(error)


def row(sent: Input, alone: Answers, here: Answers) -> Row:
    """Create the table row for one input."""
    cells = {name: answers[sent.name].cell for name, answers in alone.items()}
    differs = find_difference(answers[sent.name] for answers in alone.values())
    return Row(sent.name, {**cells, HERE: merge_outcomes(sent, here)}, sent.text, differs)


def merge_outcomes(sent: Input, here: Answers) -> Cell:
    """Return the outcome of the application. If its options differ, which is a bug, return all outcomes."""
    answers = {name: outcomes[sent.name] for name, outcomes in here.items()}
    if not find_difference(answers.values()):
        return next(iter(answers.values())).cell
    return Cell("; ".join(f"{name}: {outcome.verdict} {outcome.text}" for name, outcome in answers.items()), "fails")


def findings(alone: Answers, here: Answers) -> list[str]:
    """Count the differences, first in total, then one sentence per option."""
    apart = [find_difference(answers[each.name] for answers in alone.values()) for each in INPUTS]
    ours = [find_difference(answers[each.name] for answers in here.values()) for each in INPUTS]
    total = (
        f"{len(apart) - apart.count('')} of {len(INPUTS)} inputs are answered differently by the libraries themselves "
        f"({apart.count('verdict')} are accepted, refused or fail, depending on the library; "
        f"{apart.count('words')} differ in words); by this application, with any of them: "
        f"{len(ours) - ours.count('')}."
    )
    if not here:
        return []
    control = next(iter(here.values()))
    bad = [each.name for each in INPUTS if control[each.name].verdict == "refuses"]
    return [total, *(_count(name, answers, bad) for name, answers in alone.items())]


def _count(name: str, answers: Mapping[str, Outcome], bad: list[str]) -> str:
    verdicts = [answers[each].verdict for each in bad]
    return (
        f"{name}: accepts {verdicts.count('accepts')} of the {len(bad)} inputs that this application refuses, "
        f"and fails on {verdicts.count('fails')}."
    )


def shapes(alone: Answers) -> Table:
    """Create the table of one error as each library returns it."""
    rows = [
        Row(name, {"answer": Cell(str(outcomes[EXAMPLE].raw), "code", outcomes[EXAMPLE].raw)})
        for name, outcomes in alone.items()
    ]
    return Table("The shape of a refusal", f"The error for {EXAMPLE}, as each library returns it.", "option", rows)
