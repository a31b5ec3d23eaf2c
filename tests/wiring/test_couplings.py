"""Every coupling in the table is real: without the check, the combination fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import fits
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT
from tests.normalise import document_of, normal_document, normal_schema
from tests.site.browser import Staff

MISFITS = [
    (slot.name, option.name, need.slot, other)
    for slot in SLOTS.values()
    for option in slot.options
    for need in option.needs
    for other in SLOTS[need.slot].names
    if other not in need.among
]


def what_it_does(folder: Path, config: dict[str, Any]) -> Iterator[Any]:
    """Return a stack's OpenAPI document, and its responses to a valid and an invalid registration."""
    app = ready_app(folder, ROOT, **config)
    yield normal_schema(normal_document(document_of(app)))
    people = People(Client(in_process(app)))
    for username, email in (("ana", "ana@x.de"), ("", "ana"), ("ana", "other@x.de")):
        answer = people.register(username, email)
        yield answer.status, answer.json.get("errors")


def what_staff_sees(folder: Path, config: dict[str, Any]) -> Iterator[Any]:
    """Return whether the admin has a list of users."""
    app = ready_app(folder, ROOT, **config)
    app.testing = True
    yield Staff(app, People(Client(in_process(app))).new()).get("/admin/django/user/").status_code


def test_there_are_couplings() -> None:
    assert MISFITS


@pytest.mark.parametrize(("slot", "option", "needed", "other"), MISFITS)
def test_without_the_check_it_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, slot: str, option: str, needed: str, other: str
) -> None:
    assert not fits({slot: option, needed: other})
    does, reference = (what_staff_sees, "django") if slot == "admin" else (what_it_does, "bare")
    expected = list(does(tmp_path / "reference", {"STACK": reference}))
    monkeypatch.setattr("assembly_required.stack.assembly._find_clashes", lambda names, slots: iter(()))
    failure = found = None
    try:
        found = list(does(tmp_path / "misfit", {SLOTS[slot].key: option, SLOTS[needed].key: other}))
    except Exception as error:  # any class: spectree asserts, flask-smorest reads attributes
        failure = error
    assert failure or found != expected
