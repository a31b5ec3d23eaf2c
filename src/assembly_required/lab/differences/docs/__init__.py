"""What a docs library answers that does the loading itself, when nobody tells it otherwise.

*In Django* drf-spectacular describes, and REST framework answers.

*Here* flask-smorest and spectree want to do both: each reads, validates and refuses in a way of its own, also where the
validation library is the same. A tiny app for each, as its documentation writes it; an entry has one name, ``app``.

*What it costs*: an option that only describes has nothing to show, and says so.

*Next*: :mod:`assembly_required.lab.differences.docs.flask_smorest`.
"""

from collections.abc import Mapping

from flask import Flask

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..here import HERE, app_with, ask, register
from ..inputs import OVER_HTTP
from ..said import Said, answered
from ..table import Table
from ..validation import Answers, row

ONLY_DESCRIBES = ("plain", "apispec")

DESCRIBES = "does not load: it describes, and api/exchange.py reads and answers"

ABOUT = (
    "Each extension answered the same requests in a tiny app as its own documentation writes it, with its own parser, "
    f"validation and error handlers. '{HERE}' is what this application answers, whichever of them it is built on."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["docs"]) -> list[Table]:
    """Run every extension, left alone and inside the application."""
    alone: dict[str, dict[str, Said]] = {}
    here: dict[str, dict[str, Said]] = {}
    absent: dict[str, str] = {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option) as app:
            headers = register(app)
            here[option.name] = {each.name: ask(app, each, headers) for each in OVER_HTTP}
        found = DESCRIBES if option.name in ONLY_DESCRIBES else entry(slot, option)
        if isinstance(found, str):
            absent[option.name] = found
        else:
            alone[option.name] = answers(found.app())
    rows = [row(each, alone, here) for each in OVER_HTTP]
    return [Table("Bad input, left to each docs library", ABOUT, "request", rows, findings(alone, here), absent)]


def answers(app: Flask) -> dict[str, Said]:
    """What an app answers to everything."""
    app.logger.disabled = True  # its failures are shown in the table
    return {each.name: answered(app.test_client().open(**each.request())) for each in OVER_HTTP}


def findings(alone: Answers, here: Answers) -> list[str]:
    """The sum of it."""
    if not here:
        return []
    control = next(iter(here.values()))
    found = [_count(name, said, control) for name, said in alone.items()]
    differing = sum(len({said[each.name].text for said in here.values()}) > 1 for each in OVER_HTTP)
    return [*found, f"{HERE}: of {len(OVER_HTTP)} requests, {differing} are answered differently by {', '.join(here)}."]


def _count(name: str, said: Mapping[str, Said], control: Mapping[str, Said]) -> str:
    verdict = sum(said[each.name].verdict != control[each.name].verdict for each in OVER_HTTP)
    status = sum(said[each.name].text[:3] != control[each.name].text[:3] for each in OVER_HTTP)
    return (
        f"{name}: of {len(OVER_HTTP)} requests, {status} get another status than here; "
        f"{verdict} are accepted where the other refuses."
    )
