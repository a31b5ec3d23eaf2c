"""Every option of ``hashing``, and how it handles hashes made by another option."""

import logging
import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.contrib.auth import hashers
from flask import Flask
from werkzeug.security import generate_password_hash

from assembly_required.adapters.shared import hashes
from assembly_required.conduit.errors import WrongCredentials
from assembly_required.conduit.hashing import BoundedHashing
from assembly_required.conduit.interfaces import Hashing
from assembly_required.conduit.users import authenticate
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import PASSWORD, People
from assembly_required.stack.assembly import assembled
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.site.browser import Browser

OPTIONS = SLOTS["hashing"].names


@pytest.fixture(params=OPTIONS)
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
    "django": ("PBKDF2_ITERATIONS", {1: "pbkdf2_sha256$1$", 2: "pbkdf2_sha256$2$"}),
}

OWASP = {
    "plain": "scrypt:32768:8:3$",
    "argon2": "$argon2id$v=19$m=19456,t=2,p=1$",
    "django": "pbkdf2_sha256$600000$",
}


def test_the_costs_of_every_option_are_known_here() -> None:
    assert list(COSTS) == list(OWASP) == OPTIONS


@pytest.mark.parametrize("option", COSTS)
def test_costs_can_be_raised_and_old_hashes_still_verify(make_app: MakeApp, option: str) -> None:
    key, starts = COSTS[option]
    made = {}
    for cost, start in starts.items():
        hashing = assembled(make_app(STACK_HASHING=option, **{key: cost})).hashing
        made[cost] = hashing.hash("password123")
        assert made[cost].startswith(start)
        assert all(hashing.verify(old, "password123") for old in made.values())
        assert [hashing.outdated(old) for old in made.values()] == [old != cost for old in made]


@pytest.mark.parametrize("option", COSTS)
def test_two_apps_in_one_process_have_costs_of_their_own(make_app: MakeApp, option: str) -> None:
    key, starts = COSTS[option]
    apps = {cost: assembled(make_app(STACK_HASHING=option, **{key: cost})).hashing for cost in starts}
    for cost, hashing in [*apps.items(), *apps.items()]:
        assert hashing.hash("password123").startswith(starts[cost])


@pytest.mark.parametrize("option", OWASP)
def test_the_default_costs_are_those_that_owasp_asks_for(make_app: MakeApp, option: str) -> None:
    key, _ = COSTS[option]
    app = make_app(STACK_HASHING=option, **{key: KEYS[key].default})
    assert assembled(app).hashing.hash("password123").startswith(OWASP[option])


def people(app: Flask) -> People:
    return People(Client(in_process(app)))


def kept(app: Flask, email: str) -> str:
    """Return the stored hash of a user."""
    with app.app_context():
        found = assembled(app).store.find_account(email)
    assert found
    return found.password_hash


def keep(app: Flask, email: str, password_hash: str) -> None:
    """Store a hash from another source."""
    store = assembled(app).store
    with app.app_context():
        found = store.find_account(email)
        assert found
        store.edit_user(found.user, {"password_hash": password_hash})


@pytest.mark.parametrize(("one", "other"), list(permutations(OPTIONS, 2)))
def test_a_login_renews_what_another_option_has_made(
    make_app: MakeApp, tmp_path: Path, one: str, other: str
) -> None:  # fmt: skip
    before, after = (make_app(tmp_path / "shared", STACK_HASHING=option) for option in (one, other))
    user = people(before).new()
    made = kept(before, user.email)
    expect_error(people(after).log_in(user.email, "not the password"), 401, credentials="invalid")
    assert kept(after, user.email) == made
    assert ok(people(after).log_in(user.email))["user"]["username"] == user.username
    renewed = kept(after, user.email)
    assert renewed.startswith(next(iter(COSTS[other][1].values())))
    ok(people(after).log_in(user.email))
    assert kept(after, user.email) == renewed
    ok(people(before).log_in(user.email))
    expect_error(people(before).log_in(user.email, "not the password"), 401, credentials="invalid")


@pytest.mark.parametrize("option", COSTS)
def test_a_login_renews_what_was_made_with_other_costs(make_app: MakeApp, tmp_path: Path, option: str) -> None:
    key, starts = COSTS[option]
    low, high = (make_app(tmp_path / "shared", STACK_HASHING=option, **{key: cost}) for cost in starts)
    user = people(low).new()
    for app, start in zip((low, high, low), [*starts.values(), next(iter(starts.values()))], strict=True):
        ok(people(app).log_in(user.email))
        assert kept(app, user.email).startswith(start)


def test_the_site_renews_too(make_app: MakeApp, tmp_path: Path) -> None:
    before, after = (make_app(tmp_path / "shared", STACK_HASHING=option) for option in ("plain", "django"))
    user = people(before).new()
    assert Browser(after).sign_in(user).status_code == 302
    assert kept(after, user.email).startswith("pbkdf2_sha256$")


FOREIGN = {
    "Werkzeug's scrypt": generate_password_hash(PASSWORD, "scrypt:64:8:2"),
    "Werkzeug's PBKDF2": generate_password_hash(PASSWORD, "pbkdf2:sha256:1"),
    "Argon2id": PasswordHasher(memory_cost=8, parallelism=1).hash(PASSWORD),
    "Django's PBKDF2": hashers.PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1),
    "Django's PBKDF2 with SHA-1": hashers.PBKDF2SHA1PasswordHasher().encode(PASSWORD, "salt", 1),
    "Django's scrypt": hashers.ScryptPasswordHasher().encode(PASSWORD, "salt", 64),
    "Django's Argon2": f"argon2{PasswordHasher(memory_cost=8, parallelism=1).hash(PASSWORD)}",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_the_formats_of_each_library_verify(hashing: Hashing, name: str) -> None:
    assert hashing.verify(FOREIGN[name], PASSWORD)
    assert not hashing.verify(FOREIGN[name], f"{PASSWORD} ")
    assert hashing.outdated(FOREIGN[name])


def test_werkzeug_would_misread_djangos_scrypt() -> None:
    from werkzeug.security import check_password_hash

    assert not check_password_hash(FOREIGN["Django's scrypt"], PASSWORD)


def test_django_is_not_configured_for_its_hashers() -> None:
    code = (
        "from assembly_required.adapters.hashing.django import DjangoHashing\n"
        "hashing = DjangoHashing(1)\n"
        "made = hashing.hash('x')\n"
        "assert hashing.verify(made, 'x') and not hashing.outdated(made)\n"
        "from django.conf import settings\n"
        "assert not settings.configured\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("first", ["orm", "hashing"])
def test_two_originals_fit_together_whichever_is_imported_first(tmp_path: Path, first: str) -> None:
    code = (
        f"import assembly_required.adapters.{first}.django\n"
        "from pathlib import Path\n"
        "from assembly_required.lab.sandbox import ready_app\n"
        "from assembly_required.stack.assembly import assembled\n"
        f"app = ready_app(Path({str(tmp_path)!r}), Path.cwd(), STACK_ORM='django', STACK_HASHING='django')\n"
        "user = {'username': 'ana', 'email': 'ana@test.com', 'password': 'password123'}\n"
        "client = app.test_client()\n"
        "assert client.post('/api/users', json={'user': user}).status_code == 201\n"
        "assert client.post('/api/users/login', json={'user': user}).status_code == 200\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


UNREADABLE = {
    "unknown": (
        "bcrypt_sha256$$2b$12$secret",
        "the format of the password's hash is not known. Set STACK_HASHING to an",
    ),
    "clear text": ("password123", "the format of the password's hash is not known. Set STACK_HASHING to an"),
    "empty": ("", "the format of the password's hash is not known."),
    "damaged scrypt": ("scrypt:63:8:3$salt$abc", "the password's hash is damaged (n must be a power of 2"),
    "damaged Argon2": ("$argon2id$v=19$m=8,t=2,p=1$salt", "the password's hash is damaged ("),
    "damaged PBKDF2": ("pbkdf2_sha256$many$salt$abc", "the password's hash is damaged (invalid literal for int()"),
    "cut off": ("pbkdf2_sha256$1$salt", "the password's hash is damaged (not enough values to unpack"),
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_wrong_password_to_the_visitor_and_a_reason_in_the_log(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture, option: str, name: str
) -> None:
    password_hash, reason = UNREADABLE[name]
    app = make_app(STACK_HASHING=option)
    user = people(app).new()
    keep(app, user.email, password_hash)
    with caplog.at_level(logging.ERROR):
        answer = people(app).log_in(user.email)
    expect_error(answer, 401, credentials="invalid")
    assert answer.body == people(app).log_in("nobody@test.com").body
    assert [f"User 1 cannot sign in: {reason}" in record.getMessage() for record in caplog.records] == [True]
    assert "password123" not in caplog.text
    assert "secret" not in caplog.text
    assert kept(app, user.email) == password_hash


@pytest.mark.parametrize(("name", "module", "extra"), [
    ("Argon2id", "argon2", "argon2"),
    ("Django's Argon2", "argon2", "argon2"),
    ("Django's PBKDF2", "django.contrib.auth", "django"),
])  # fmt: skip
def test_the_error_names_a_missing_library(monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        ValueError, match=rf"made with {extra}, which is not installed .+ Run: .+ -m pip install -e '.\[{extra}\]'"
    ):
        hashes.verify(FOREIGN[name], PASSWORD)


class Counted:
    """A hashing adapter that records its calls."""

    def __init__(self, hashing: Hashing) -> None:
        self._hashing = hashing
        self.asked: list[str] = []

    def hash(self, password: str) -> str:
        self.asked.append("hash")
        return self._hashing.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        self.asked.append("verify")
        return self._hashing.verify(password_hash, password)

    def outdated(self, password_hash: str) -> bool:
        return self._hashing.outdated(password_hash)


class Unlimited:
    """Attempts that are not limited."""

    def check_login(self, email: str) -> None: ...

    def count_failed_login(self, email: str) -> None: ...

    def count_letter(self, *receivers: str) -> None: ...

    def count_registration(self) -> None: ...


def logged_in(app: Flask, email: str, password: str, hashing: Hashing) -> bool:
    login = {"email": email, "password": password}
    with app.app_context():
        try:
            authenticate(login, assembled(app).store, BoundedHashing(hashing, 1), Unlimited())
        except WrongCredentials:
            return False
    return True


@pytest.mark.parametrize("option", OPTIONS)
def test_a_login_that_fails_costs_one_hash_whatever_is_wrong(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_HASHING=option)
    user, unreadable = people(app).new(), people(app).new()
    keep(app, unreadable.email, "bcrypt_sha256$$2b$12$x")

    def asked(email: str, password: str) -> Any:
        counted = Counted(assembled(app).hashing)
        return logged_in(app, email, password, counted), counted.asked

    assert asked(user.email, PASSWORD) == (True, ["verify"])
    assert asked(user.email, "not the password") == (False, ["verify"])
    assert asked("nobody@test.com", PASSWORD) == (False, ["hash"])
    assert asked(unreadable.email, PASSWORD) == (False, ["verify", "hash"])  # the first stops before it computes


def test_a_password_changed_during_a_login_is_not_set_back(make_app: MakeApp) -> None:
    app = make_app(STACK_HASHING="django")
    user = people(app).new()
    keep(app, user.email, FOREIGN["Argon2id"])

    class Slow(Counted):
        def hash(self, password: str) -> str:
            keep(app, user.email, FOREIGN["Django's scrypt"])
            return super().hash(password)

    assert logged_in(app, user.email, PASSWORD, Slow(assembled(app).hashing))
    assert kept(app, user.email) == FOREIGN["Django's scrypt"]
