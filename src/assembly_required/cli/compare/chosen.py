"""Find the candidates that a command line names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from ...stack.names import suggest
from ...stack.packages import format_install
from ...stack.settings import Settings
from ...stack.slots import StackError
from ...stack.stacks import STACKS
from ..choices import parse_choices

if TYPE_CHECKING:
    from ...lab.compare.candidates import Candidate


@dataclass
class Chosen:
    """What is measured, and why something is not.

    :param not_measured: the reason, by the name of what is left out.
    """

    candidates: "list[Candidate]"
    not_measured: dict[str, str] = field(default_factory=dict)

    def leave_out(self, reasons: Mapping[str, str]) -> None:
        """Leave candidates out, and print why on standard error."""
        self.not_measured |= reasons
        for name, why in reasons.items():
            click.echo(f"Not measured: {name}. {why}", err=True)


def choose_candidates(choices: Sequence[str], settings: Settings, *, baselines: bool, sqlite: bool) -> Chosen:
    """Choose what to measure: what is named, or all named stacks and peers that are installed.

    :param baselines: whether to measure the baselines too.
    :param sqlite: whether the data is in SQLite. The SQL of the baselines is for SQLite only.
    """
    from ...lab.compare.candidates import BASELINES

    named = [create_candidate(choice, settings) for choice in dict.fromkeys(choices)]
    chosen = Chosen(named) if named else find_installed(settings)
    if baselines and sqlite:
        chosen.candidates += [each for each in BASELINES if not each.missing()]
        missing = [each for each in BASELINES if each.missing()]
        chosen.leave_out({each.name: f"It needs {', '.join(each.missing())}, not installed." for each in missing})
    elif baselines:
        chosen.leave_out({"the baselines": "Their SQL is for SQLite."})
    return chosen


def create_candidate(choice: str, settings: Settings) -> "Candidate":
    """Create a candidate from the name of a stack, a list of SLOT=OPTION, or the name of a peer.

    :raises StackError: the options do not fit together, or are not installed.
    """
    from ...lab.compare.candidates import stack

    kind, _, name = choice.partition("=")
    if kind == "example":
        raise click.UsageError(
            f"{choice!r} cannot be compared with stacks: an example has its own requests and its own data. "
            "To compare the examples of the ORMs, type: flask compare --loading\n"
            "To compare the packages and the code of two examples, type: "
            "flask stack diff --examples orm=flask_sqlalchemy orm=peewee"
        )
    if kind == "peer":
        return find_peer(name)
    layer = parse_choices(choice.split(",")) if "=" in choice else {"STACK": choice}
    return stack(choice, layer, settings)


def find_peer(name: str) -> "Candidate":
    """Find a peer, and check that its packages are installed."""
    from ...lab.compare.candidates import peer
    from ...lab.peers import PEERS, PeerError

    if name not in PEERS:
        hint = suggest(name, PEERS, form="peer={}")
        raise click.UsageError(f"{name!r} is not a peer: choose one of {', '.join(PEERS)}.{hint}")
    try:
        PEERS[name].check()
    except PeerError as error:
        raise click.ClickException(str(error)) from None
    return peer(name)


def find_installed(settings: Settings) -> Chosen:
    """Find the named stacks and the peers that are installed."""
    from ...lab.compare.candidates import peer
    from ...lab.peers import PEERS

    chosen = Chosen([])
    for name in STACKS:
        try:
            chosen.candidates.append(create_candidate(name, settings))
        except StackError:
            chosen.leave_out({name: f"It is not installed. Run: {format_install(name)}"})
    for name, each in PEERS.items():
        candidate = peer(name)
        if candidate.missing():
            why = f"It needs {', '.join(candidate.missing())}, not installed. Run: {format_install(each.extra)}"
            chosen.leave_out({candidate.name: why})
        else:
            chosen.candidates.append(candidate)
    return chosen
