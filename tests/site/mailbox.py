"""The letters that a site has sent."""

import re

from flask import Flask

from assembly_required.stack.assembly import assembled
from assembly_required.web import outbox

NEW = "a new one 77"
"""A password."""


def letters(app: Flask, to: str) -> list[outbox.Letter]:
    """Return the letters to an address, once all that were queued have been sent."""
    assert assembled(app).tasks.join(10)
    return [letter for letter in outbox.letters(app) if letter.to == to]


def path_in(letter: outbox.Letter) -> str:
    found = re.search(r"http://localhost(/\S+)", letter.text)
    assert found
    return found[1]
