"""Progress and failures of a comparison, on standard error."""

import signal
import sys
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...lab.compare.data import Bar


@contextmanager
def report_failures() -> "Iterator[None]":
    """End the command with an error if the responses differ, or if something cannot run."""
    from ...lab.compare.endpoints import Different
    from ...lab.compare.process import Died
    from ...lab.peers import PeerError
    from ...lab.postgresql import NoServer

    try:
        yield
    except (Died, Different) as error:
        raise click.ClickException(f"{error}\nNothing was timed.") from None
    except (NoServer, PeerError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def end_in_order() -> "Iterator[None]":
    """Let SIGTERM end the command as Ctrl-C does: the processes and temporary files of the measurement go with it."""
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def leave(number: int, frame: FrameType | None) -> None:
    """Leave the program with the status that shells give to a signal."""
    raise SystemExit(128 + number)


def progress(label: str, length: int) -> "AbstractContextManager[Bar]":
    """Create a progress bar on standard error, so that standard output has only the result."""
    return click.progressbar(length=length, label=label.ljust(9), file=sys.stderr)
