"""Compare how docs libraries that also load requests respond, when used as their documentation shows.

flask-smorest and spectree each parse, validate and reject requests in their own way, even with the same validation
library. Each entry module has one function, ``app``.
"""

from collections.abc import Mapping

from flask import Flask

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..frameworks import FRAMEWORKS, ask_all
from ..here import HERE, app_with, ask, register
from ..inputs import OVER_HTTP
from ..outcome import Outcome, read_response
from ..table import Table
from ..validation import Answers, row

ONLY_DESCRIBES = ("plain", "apispec")

DESCRIBES = "does not load requests: it only describes them, api/exchange.py reads and responds"

ABOUT = (
    "Each extension got the same requests in a small app, written as its own documentation shows, with its own parser, "
    f"validation and error handlers; so did other frameworks, {' and '.join(FRAMEWORKS)}. '{HERE}' is the response of "
    "this application, with any of them."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["docs"]) -> list[Table]:
    """Run every extension, by itself and inside the application."""
    alone: dict[str, dict[str, Outcome]] = {}
    here: dict[str, dict[str, Outcome]] = {}
    absent: dict[str, str] = {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option) as app:
            headers = register(app)
            here[option.name] = {each.name: ask(app, each, headers) for each in OVER_HTTP}
        module = DESCRIBES if option.name in ONLY_DESCRIBES else entry(slot, option)
        if isinstance(module, str):
            absent[option.name] = module
        else:
            alone[option.name] = answers(module.app())
    for name, outcomes in ask_all("docs", absent):
        alone[name] = {each: Outcome(**outcome) for each, outcome in outcomes.items()}
    rows = [row(each, alone, here) for each in OVER_HTTP]
    return [Table("Bad input, left to each docs library", ABOUT, "request", rows, findings(alone, here), absent)]


def answers(app: Flask) -> dict[str, Outcome]:
    """Send every input to an app and return the outcomes by the name of the input."""
    app.logger.disabled = True  # the table shows its exceptions
    return {each.name: read_response(app.test_client().open(**each.request())) for each in OVER_HTTP}


def findings(alone: Answers, here: Answers) -> list[str]:
    """Count the differences, one sentence per option."""
    if not here:
        return []
    control = next(iter(here.values()))
    counts = [_count(name, outcomes, control) for name, outcomes in alone.items()]
    differing = sum(len({outcomes[each.name].text for outcomes in here.values()}) > 1 for each in OVER_HTTP)
    return [
        *counts,
        f"{HERE}: of {len(OVER_HTTP)} requests, {differing} are answered differently by {', '.join(here)}.",
    ]


def _count(name: str, outcomes: Mapping[str, Outcome], control: Mapping[str, Outcome]) -> str:
    verdict = sum(outcomes[each.name].verdict != control[each.name].verdict for each in OVER_HTTP)
    status = sum(outcomes[each.name].text[:3] != control[each.name].text[:3] for each in OVER_HTTP)
    return (
        f"{name}: of {len(OVER_HTTP)} requests, {status} get another status than here; "
        f"{verdict} are accepted where the other refuses."
    )
