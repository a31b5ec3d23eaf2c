"""What every option of ``hashing`` does."""

import pytest

from assembly_required.assembly import assembled
from assembly_required.interfaces import Hashing
from assembly_required.settings import KEYS
from assembly_required.slots import SLOTS
from tests.conftest import MakeApp


@pytest.fixture(params=SLOTS["hashing"].names)
def hashing(request: pytest.FixtureRequest, make_app: MakeApp) -> Hashing:
    return assembled(make_app(STACK_HASHING=request.param)).hashing


@pytest.mark.parametrize("password", ["password123", "pässwörd 😀", " ", "x" * 1024, "e\u0301"])
def test_a_hash_verifies_its_password_and_no_other(hashing: Hashing, password: str) -> None:
    kept = hashing.hash(password)
    assert hashing.verify(kept, password)
    assert not hashing.verify(kept, f"{password} ")
    assert not hashing.verify(kept, "")
    assert password == " " or password not in kept


def test_two_hashes_of_one_password_differ(hashing: Hashing) -> None:
    assert hashing.hash("password123") != hashing.hash("password123")


def test_a_hash_fits_its_column(hashing: Hashing) -> None:
    assert len(hashing.hash("x" * 1024)) <= 255


COSTS = {
    "plain": ("SCRYPT_COST", {6: "scrypt:64:8:3$", 7: "scrypt:128:8:3$"}),
    "argon2": ("ARGON2_MEMORY", {8: "$argon2id$v=19$m=8,t=2,p=1$", 16: "$argon2id$v=19$m=16,t=2,p=1$"}),
}

OWASP = {"plain": "scrypt:32768:8:3$", "argon2": "$argon2id$v=19$m=19456,t=2,p=1$"}


@pytest.mark.parametrize("option", COSTS)
def test_costs_can_be_raised_and_old_hashes_still_verify(make_app: MakeApp, option: str) -> None:
    key, starts = COSTS[option]
    made = {}
    for cost, start in starts.items():
        hashing = assembled(make_app(STACK_HASHING=option, **{key: cost})).hashing
        made[cost] = hashing.hash("password123")
        assert made[cost].startswith(start)
        assert all(hashing.verify(old, "password123") for old in made.values())


@pytest.mark.parametrize("option", OWASP)
def test_the_default_costs_are_those_that_owasp_asks_for(make_app: MakeApp, option: str) -> None:
    key, _ = COSTS[option]
    app = make_app(STACK_HASHING=option, **{key: KEYS[key].default})
    assert assembled(app).hashing.hash("password123").startswith(OWASP[option])
