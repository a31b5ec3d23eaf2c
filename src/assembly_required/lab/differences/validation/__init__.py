"""What the validation libraries answer when nobody translates.

*In Django* a form, a serializer and a model's ``full_clean()`` each have words of their own.

*Here* two resources and a query, written as each library's documentation writes them, with the same limits. Each entry
has four names: ``load``, ``REFUSES`` (its errors; any other exception is a 500), ``said`` and ``lines``.

*What it costs*: how a library is used "naturally" is a judgement; the entries are short, so that one can disagree.

*Next*: :mod:`assembly_required.lab.differences.validation.marshmallow`.
"""

from collections.abc import Mapping
from types import ModuleType

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..here import HERE, app_with, load
from ..inputs import INPUTS, Input
from ..said import Said, broke, in_what, took
from ..table import Cell, Row, Table

Answers = Mapping[str, Mapping[str, Said]]
"""By option, then by the name of the input."""

EXAMPLE = "a title that is too long"

ABOUT = (
    "Each library was given the same bytes, with schemas as its own documentation writes them. 'accepts' is followed "
    f"by what became of the field in question, 'fails' by an exception that nobody caught. '{HERE}' is what this "
    "application answers, whichever of them it is built on; 'plain' is a view by hand, as in Flask's tutorial, and not "
    "this application's own option of that name."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["validation"]) -> list[Table]:
    """Run every library, left alone and inside the application."""
    alone: dict[str, dict[str, Said]] = {}
    here: dict[str, dict[str, Said]] = {}
    absent: dict[str, str] = {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option) as app:
            here[option.name] = {each.name: load(app, each) for each in INPUTS}
        found = entry(slot, option)
        if isinstance(found, str):
            absent[option.name] = found
        else:
            alone[option.name] = {each.name: answer(found, each) for each in INPUTS}
    main = Table(
        "Bad input, left to each validation library",
        ABOUT,
        "input",
        [row(each, alone, here) for each in INPUTS],
        findings(alone, here),
        absent,
    )
    return [main, shapes(alone)]


def answer(library: ModuleType, sent: Input) -> Said:
    """What a library that is left alone answers."""
    try:
        return took(library.load(sent.schema, sent.sent), sent.field)
    except library.REFUSES as error:
        return Said("refuses", "; ".join(library.lines(error)), library.said(error))
    except Exception as error:  # whatever else it raises, Flask answers with 500
        return broke(error)


def row(sent: Input, alone: Answers, here: Answers) -> Row:
    """One input, and all answers to it."""
    cells = {name: answers[sent.name].cell for name, answers in alone.items()}
    differs = in_what(answers[sent.name] for answers in alone.values())
    return Row(sent.name, {**cells, HERE: together(sent, here)}, sent.text, differs)


def together(sent: Input, here: Answers) -> Cell:
    """The one answer of the application; or its several, which would be a mistake of ours."""
    answers = {name: said[sent.name] for name, said in here.items()}
    if not in_what(answers.values()):
        return next(iter(answers.values())).cell
    return Cell("; ".join(f"{name}: {said.verdict} {said.text}" for name, said in answers.items()), "fails")


def findings(alone: Answers, here: Answers) -> list[str]:
    """The sum of it."""
    apart = [in_what(answers[each.name] for answers in alone.values()) for each in INPUTS]
    ours = [in_what(answers[each.name] for answers in here.values()) for each in INPUTS]
    total = (
        f"{len(apart) - apart.count('')} of {len(INPUTS)} inputs are answered differently by the libraries left alone "
        f"({apart.count('verdict')} are accepted, refused or not foreseen, depending on the library; "
        f"{apart.count('words')} differ in words); by this application, with any of them: "
        f"{len(ours) - ours.count('')}."
    )
    if not here:
        return []
    control = next(iter(here.values()))
    bad = [each.name for each in INPUTS if control[each.name].verdict == "refuses"]
    return [total, *(_count(name, answers, bad) for name, answers in alone.items())]


def _count(name: str, answers: Mapping[str, Said], bad: list[str]) -> str:
    verdicts = [answers[each].verdict for each in bad]
    return (
        f"{name}: accepts {verdicts.count('accepts')} of the {len(bad)} inputs that this application refuses, "
        f"and fails on {verdicts.count('fails')}."
    )


def shapes(alone: Answers) -> Table:
    """One refusal as each library gives it, before anybody makes lines of it."""
    rows = [
        Row(name, {"answer": Cell(str(said[EXAMPLE].raw), "code", said[EXAMPLE].raw)}) for name, said in alone.items()
    ]
    return Table("The shape of a refusal", f"The answer to {EXAMPLE}, as each library gives it.", "option", rows)
