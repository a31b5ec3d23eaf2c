"""What every option of ``hashing`` does."""

import pytest
from flask import Flask

from assembly_required.assembly import assembled
from assembly_required.interfaces import Hashing
from tests.conftest import MakeApp


@pytest.fixture
def hashing(make_app: MakeApp) -> Hashing:
    return assembled(make_app()).hashing


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


def test_costs_can_be_raised_and_old_hashes_still_verify(make_app: MakeApp) -> None:
    cheap, dear = (assembled(make_app(SCRYPT_COST=cost)).hashing for cost in (6, 7))
    old = cheap.hash("password123")
    assert dear.verify(old, "password123")
    assert old.split("$")[0] == "scrypt:64:8:3"
    assert dear.hash("password123").split("$")[0] == "scrypt:128:8:3"


def test_the_default_costs_are_those_that_owasp_asks_for(make_app: MakeApp) -> None:
    app: Flask = make_app(SCRYPT_COST=15)
    assert assembled(app).hashing.hash("password123").split("$")[0] == "scrypt:32768:8:3"
