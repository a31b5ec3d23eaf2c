"""Progress and failures of a comparison, on standard error."""

import sys
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...lab.compare.data import Bar


@contextmanager
def report_differences() -> "Iterator[None]":
    """End the command with an error if the responses differ."""
    from ...lab.compare.endpoints import Different

    try:
        yield
    except Different as difference:
        raise click.ClickException(f"{difference}\nNothing was timed.") from None


def progress(label: str, length: int) -> "AbstractContextManager[Bar]":
    """Create a progress bar on standard error, so that standard output has only the result."""
    return click.progressbar(length=length, label=label.ljust(9), file=sys.stderr)
