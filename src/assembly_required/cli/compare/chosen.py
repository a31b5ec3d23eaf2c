"""Find the candidates that a command line names."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from ...stack.packages import format_install
from ...stack.settings import Settings
from ...stack.slots import StackError
from ...stack.stacks import STACKS
from ..choices import parse_choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...lab.compare.candidates import Candidate


def create_candidate(choice: str, settings: Settings) -> "Candidate":
    """Create a candidate from the name of a stack or from a list of SLOT=OPTION."""
    from ...lab.compare.candidates import stack

    layer = parse_choices(choice.split(",")) if "=" in choice else {"STACK": choice}
    return stack(choice, layer, settings)


def find_installed(settings: Settings) -> "list[Candidate]":
    """Find the named stacks that are installed. Print the others on standard error."""
    found, missing = [], []
    for name in STACKS:
        try:
            found.append(create_candidate(name, settings))
        except StackError:
            missing.append(name)
    if missing:
        click.echo(f"Not installed, left out: {', '.join(missing)}. To add them: {format_install(*missing)}", err=True)
    return found


def find_baselines() -> "Iterator[Candidate]":
    """Find the baselines whose packages are installed. Print the others on standard error."""
    from ...lab.compare.candidates import BASELINES

    missing = [each.name for each in BASELINES if not all(map(find_spec, each.needs))]
    if missing:
        click.echo(f"Not installed, left out: {', '.join(missing)}.", err=True)
    yield from (each for each in BASELINES if each.name not in missing)
