"""Mail to users, as background tasks.

A request only queues the kind of a letter and the values it needs. The account is looked up and the link is signed in
the task, so the response takes as long for an unknown address as for a known one, and the queue holds no valid link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, render_template

from ...conduit.model import User
from ...stack.interfaces import Mail, Task, Tasks
from ..signals import letter_queued

RETRIES = 2
"""How often a letter is tried again."""


@dataclass
class Letter:
    """A letter to a user.

    :param template: the name of the template, and ``words`` its variables.
    :param address: where to send it; by default the user's address.
    """

    user: User
    subject: str
    template: str
    words: dict[str, Any]
    address: str | None = None


Compose = Callable[..., Letter | None]
"""Composes a letter from the values in the queue; ``None`` if there is nobody to write to."""


class Letters:
    """The kinds of letters of one app, each with its task."""

    def __init__(self, tasks: Tasks, mail: Mail) -> None:
        self._tasks, self._mail = tasks, mail
        self._kinds: dict[str, Task] = {}

    def add(self, kind: str, compose: Compose) -> None:
        """Add a kind of letter. The name of its task is ``letter.<kind>``."""

        @self._tasks.task(f"letter.{kind}", retries=RETRIES)
        def send(attempt: int, **values: Any) -> None:
            account = None
            try:
                letter = compose(**values)
                if letter is None:
                    return
                account = letter.user.id
                self._deliver(letter)
            except Exception as error:
                current_app.logger.warning(
                    "Letter %s to account %s was not sent, attempt %d of %d: %s",
                    kind, account, attempt, 1 + RETRIES, error,
                )  # fmt: skip
                raise
            current_app.logger.info("Letter %s to account %s was sent, attempt %d.", kind, account, attempt)

        self._kinds[kind] = send

    def send(self, kind: str, **values: Any) -> None:
        """Queue a letter. If that is not possible, log it and go on: the visitor cannot do anything about it."""
        try:
            self._kinds[kind].enqueue(**values)
        except OSError as error:
            current_app.logger.error("Letter %s was not queued: %s", kind, error)
            return
        if letter_queued.receivers:
            letter_queued.send(current_app._get_current_object(), kind=kind)  # type: ignore[attr-defined]

    def _deliver(self, letter: Letter) -> None:
        g.viewer = None  # templates ask for the viewer, and there is no request
        text = render_template(letter.template, hours=current_app.config["LINK_HOURS"], **letter.words)
        self._mail.send(letter.address or letter.user.email, letter.subject, text)
