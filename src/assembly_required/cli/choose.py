"""``flask choose``: answer a few questions, and get Django, FastAPI or a Flask stack, with reasons to check."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from .advice import print_decision
from .choices import as_json

if TYPE_CHECKING:
    from ..lab.choosing.rules import Question

QUESTIONS = {
    "serves": ("site", "api", "any"),
    "admin": ("yes", "no"),
    "team": ("django", "sqlalchemy", "neither"),
    "types": ("yes", "any"),
    "waiting": ("none", "few", "hundreds", "thousand"),
    "database": ("sqlite", "postgresql"),
    "packages": ("any", "few", "flask"),
    "performance": ("first", "enough"),
}
"""The questions, each of which is a flag, with their choices. A test checks that ``questions.toml`` has the same."""


def add_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each question."""
    for name, choices in reversed(QUESTIONS.items()):
        command = click.option(f"--{name}", type=click.Choice(choices))(command)
    return command


@click.command()
@add_flags
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["django", "flask", "fastapi"]),
    help="A framework that you will not take. Can be repeated.",
)
@click.option("--questions", is_flag=True, help="Show the questions with their choices, and stop.")
@click.option("--guide", is_flag=True, help='Show the chapter "Choosing" with the measured figures, and stop.')
@as_json
def choose(without: tuple[str, ...], questions: bool, guide: bool, as_json: bool, **flags: str | None) -> None:
    """Choose between Django, FastAPI and a Flask stack: eight questions, and an answer with reasons.

    \b
    flask choose
    flask choose --questions
    flask choose --guide
    flask choose --serves api --admin no --team neither --types yes --waiting none
                 --database postgresql --packages any --performance enough

    On a terminal it asks for what no flag answers; --questions explains the choices. Every reason names what shows
    that it is true: a measured figure, a test, or what an option cannot do. The figures are those that
    "flask compare --saved" shows. It may say "Django".
    """
    # Imported here because every `flask` command imports this module, and only this command needs them.
    from ..lab.choosing.deciding import NoAnswer, decide
    from ..lab.choosing.describing import describe
    from ..lab.choosing.rules import read_questions
    from ..lab.measured import read_measured

    asked = read_questions()
    if questions:
        print_questions(asked, as_json)
        return
    if guide:
        print_guide()
        return
    answers = answer(asked, {name: value for name, value in flags.items() if value is not None})
    results = read_measured()
    try:
        decision = decide(answers, results, without)
    except NoAnswer:
        raise click.ClickException(
            f"These answers, without {', '.join(without) or 'more frameworks'}, leave no framework: FastAPI is not an "
            "answer where pages are served. Type fewer --without, or --serves api."
        ) from None
    found = describe(decision, results, without)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        print_decision(found)


def answer(questions: Mapping[str, "Question"], given: Mapping[str, str]) -> dict[str, str]:
    """Take the answers that are given, and ask for the others on a terminal.

    :raises click.UsageError: an answer is missing, and there is no terminal to ask on.
    """
    missing = [name for name in questions if name not in given]
    if missing and not sys.stdin.isatty():
        example = " ".join(f"--{name} {questions[name].open}" for name in missing)
        raise click.UsageError(
            f"flask choose can ask questions only on a terminal, and these have no answer: {', '.join(missing)}. To "
            f"answer them without a preference, type: {example}\nTo see all choices: flask choose --questions"
        )
    asked = {name: ask(questions[name], f"{number}/{len(missing)}") for number, name in enumerate(missing, 1)}
    if missing:
        click.echo(err=True)
    return {name: given.get(name) or asked[name] for name in questions}


def ask(question: "Question", position: str) -> str:
    """Ask one question on standard error, by numbers. Enter means no preference."""
    names = list(question.choices)
    click.echo(f"\n{position}  {click.style(question.text, bold=True)}", err=True)
    for number, name in enumerate(names, 1):
        click.echo(f"  {number}  {click.style(name.ljust(11), fg='cyan')} {question.choices[name]}", err=True)
    number = click.prompt(
        "Number", type=click.IntRange(1, len(names)), default=names.index(question.open) + 1, err=True
    )
    return names[number - 1]


def print_questions(questions: Mapping[str, "Question"], as_json: bool) -> None:
    """Print the questions with their choices."""
    from .tables import build_grid, print_lines

    if as_json:
        click.echo(json.dumps({name: vars(question) for name, question in questions.items()}, indent=2))
        return
    for name, question in questions.items():
        click.echo(f"{click.style(f'--{name}', bold=True)}  {question.text}")
        print_lines([build_grid([(f"  {choice}", line) for choice, line in question.choices.items()], ("cyan",))])


def print_guide() -> None:
    """Print the chapter "Choosing". A terminal shows it in a pager."""
    from ..lab.measured import read_measured
    from ..reader.figures import fill_page
    from ..stack.describe import PACKAGE

    text = (PACKAGE / "reader" / "chapters" / "choosing.md").read_text(encoding="utf-8")
    filled = fill_page(text, read_measured())
    if sys.stdout.isatty():
        click.echo_via_pager(filled)
    else:
        click.echo(filled, nl=False)
