"""The stacks of ``pytest --pairs``."""

from itertools import combinations, product

import pytest

from assembly_required.contract.pairs import Stack, cover, pairs
from assembly_required.contract.plugin import DATABASES, choices, format_stack, stack_fits
from assembly_required.stack.assembly import choose, fits
from assembly_required.stack.settings import Settings
from assembly_required.stack.slots import SLOTS, StackError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def stacks() -> list[Stack]:
    return cover_all()


def cover_all() -> list[Stack]:
    return cover(DATABASES | {name: slot.names for name, slot in SLOTS.items()}, stack_fits)


def chosen(**slots: str) -> bool:
    """Return whether the app accepts a stack with these options."""
    settings = Settings(ROOT, ROOT)
    settings.add({SLOTS[slot].key: name for slot, name in slots.items()}, "this test")
    try:
        choose(settings)
    except StackError:
        return False
    return True


def test_every_two_options_that_fit_meet(stacks: list[Stack]) -> None:
    met = set().union(*map(pairs, stacks))
    for one, other in combinations(SLOTS, 2):
        for mine, its in product(SLOTS[one].names, SLOTS[other].names):
            assert (frozenset(((one, mine), (other, its))) in met) == chosen(**{one: mine, other: its})


def test_every_option_meets_both_databases(stacks: list[Stack]) -> None:
    met = set().union(*map(pairs, stacks))
    for name, slot in SLOTS.items():
        for option, database in product(slot.names, DATABASES["database"]):
            assert frozenset(((name, option), ("database", database))) in met


def test_each_of_them_is_a_stack(stacks: list[Stack]) -> None:
    for stack in stacks:
        keys = choices(format_stack(stack))
        assert keys == {SLOTS[slot].key: name for slot, name in stack.items() if slot in SLOTS}
        assert fits({slot: name for slot, name in stack.items() if slot in SLOTS})


def test_they_are_few_and_always_the_same(stacks: list[Stack]) -> None:
    assert cover_all() == stacks
    assert len(stacks) < 40
