"""The directives of the chapters: what ``{{ code(...) }}`` and its siblings insert."""

from flask import render_template
from markupsafe import Markup

from ..stack.describe import PACKAGE
from ..stack.slots import SLOTS
from . import measured as figures
from . import recorded
from .docstrings import to_markdown
from .exercising import read_exercises
from .faults import read_faults
from .listings import make_listing, quote, quote_file, quote_steps, render_listing
from .lookup import show_builtins
from .parsing import read_file_docstring
from .places import find_examples, find_module, find_package
from .prose import ROOT, ChapterError, Directive, render
from .references import TABLES
from .side_by_side import show_questions


def code(module: str, name: str) -> Markup:
    """Quote a definition: ``{{ code("stack.slots", "Slot") }}``."""
    return render_listing(quote(module, name))


def file(path: str) -> Markup:
    """Quote a whole file of the package: ``{{ file("adapters/permissions/casbin/policy.csv") }}``."""
    found = PACKAGE / path
    if not found.is_file():
        raise ChapterError(f"A text quotes the file {path}, but there is no such file.")
    return render_listing(make_listing(found))


def example(name: str, step: str = "") -> Markup:
    """Quote the steps of an example, or one: ``{{ example("orm/peewee", step="publish") }}``."""
    found = find_examples().get(name)
    if found is None:
        raise ChapterError(f"A text quotes the example {name}, but there is no such example.")
    return Markup("").join(map(render_listing, quote_steps(found, step)))


def example_code(name: str, definition: str) -> Markup:
    """Quote a definition of an example: ``{{ example_code("loading/peewee", "lazy") }}``."""
    found = find_examples().get(name)
    if found is None:
        raise ChapterError(f"A text quotes the example {name}, but there is no such example.")
    return render_listing(quote_file(found, definition))


def test(path: str, name: str) -> Markup:
    """Quote a test: ``{{ test("tests/site/test_sessions.py", "test_a_copied_cookie") }}``.

    Tests are not installed with the package. Without them, only the name is shown.
    """
    found = ROOT / path
    if not found.is_file():
        if (ROOT / "tests").is_dir():
            raise ChapterError(f"A text quotes {path}, but there is no such file.")
        return Markup("<p><code>{}::{}</code></p>").format(path, name)
    return render_listing(quote_file(found, name))


def doc(module: str) -> Markup:
    """Insert the docstring of a module: ``{{ doc("stack.slots") }}``."""
    return render(to_markdown(read_docstring(module), find_package(module)))


def differences(slot: str) -> Markup:
    """Insert the tables of ``flask stack differences``: ``{{ differences("validation") }}``."""
    text = recorded.find_differences(slot)
    if not text:
        raise ChapterError(f"A text shows the differences of {slot}, but none are recorded.")
    return render(text.replace("## ", "### "))


def measured(slot: str) -> Markup:
    """Insert what the options of a slot cost: ``{{ measured("orm") }}``. Without a saved run, it inserts nothing."""
    found = figures.read(SLOTS[slot])
    return Markup(render_template("tutorial/measured.html", measured=found) if found else "")  # noqa: S704


def lookup(name: str) -> Markup:
    """Insert a table of what another framework brings: ``{{ lookup("from_django") }}``."""
    if name not in TABLES:
        raise ChapterError(f"A text shows the table {name}, but there is no such table.")
    return show_builtins(name)


def side_by_side() -> Markup:
    """Insert the questions with the answers of each framework: ``{{ side_by_side() }}``."""
    return show_questions()


def exercises() -> Markup:
    """Insert a table of the exercises: ``{{ exercises() }}``."""
    found = sorted(read_exercises().values(), key=lambda each: list(SLOTS).index(each.slot))
    return Markup(render_template("tutorial/exercises.html", exercises=found))  # noqa: S704


def faults() -> Markup:
    """Insert the faults to find: ``{{ faults() }}``."""
    return Markup(render_template("tutorial/faults.html", faults=read_faults().values()))  # noqa: S704


def read_docstring(module: str) -> str:
    """Read the docstring of a module.

    :raises ChapterError: there is no such module.
    """
    path = find_module(module)
    if path is None:
        raise ChapterError(f"A text names {module}, but there is no such module.")
    return read_file_docstring(path)


DIRECTIVES: dict[str, Directive] = {
    each.__name__: each
    for each in (
        code,
        file,
        example,
        example_code,
        test,
        doc,
        differences,
        measured,
        lookup,
        side_by_side,
        exercises,
        faults,
    )
}
"""The directives by name."""
