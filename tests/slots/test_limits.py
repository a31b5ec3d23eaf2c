"""Every option of ``limits`` counts alike, and the application asks it at the right places."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from assembly_required.adapters.limits import plain
from assembly_required.conduit import hashing as bounded
from assembly_required.conduit.attempts import Limit
from assembly_required.conduit.errors import Busy, TooManyAttempts
from assembly_required.conduit.hashing import BoundedHashing, count_spare_cores
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, Person, unique
from assembly_required.stack.assembly import assembled
from assembly_required.stack.interfaces import Limits
from assembly_required.stack.slots import SLOTS, ConfigError
from assembly_required.web import outbox
from assembly_required.web.attempts import read_address
from tests.conftest import MakeApp
from tests.site.browser import Browser, errors

OPTIONS = SLOTS["limits"].names


class Redis:
    """A Redis server of its own, which can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._folder = folder
        self.uri = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([shutil.which("redis-server") or "", *options], stdout=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("redis-server did not start")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    server = Redis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


def build(option: str, storage: str = "memory://") -> Limits:
    app = Flask(__name__)
    app.config["LIMITS_STORAGE"] = storage
    limits: Limits = import_module(f"assembly_required.adapters.limits.{option}").build(app)
    return limits


def build_on_redis(redis: Redis) -> Limits:
    return build("flask_limiter", redis.uri)


@pytest.fixture(params=[*OPTIONS, "redis"])
def limits(request: pytest.FixtureRequest) -> Limits:
    return build_on_redis(request.getfixturevalue("redis")) if request.param == "redis" else build(request.param)


def limit(times: int = 3, seconds: int = 60, *key: str) -> Limit:
    return Limit("attempt", key or (unique("key"),), times, seconds)


def refused(act: Callable[[], None]) -> int | None:
    """Return the seconds to wait, or ``None`` if the attempt is allowed."""
    try:
        act()
    except TooManyAttempts as error:
        return error.retry_after
    return None


def test_as_many_attempts_as_allowed_pass(limits: Limits) -> None:
    three = limit(3)
    for _ in range(3):
        limits.check(three)
        limits.count(three)
    assert refused(partial(limits.check, three)) in (59, 60)
    assert refused(partial(limits.count, three)) in (59, 60)
    limits.count(limit(3))


def test_a_check_does_not_count(limits: Limits) -> None:
    one = limit(1)
    for _ in range(5):
        limits.check(one)
    limits.count(one)


def test_each_part_of_a_key_and_the_name_count(limits: Limits) -> None:
    one = limit(1, 60, "ana", unique("address"))
    limits.count(one)
    limits.count(one._replace(key=("bo", one.key[1])))
    limits.count(one._replace(key=("ana", unique("address"))))
    limits.count(one._replace(name="letter"))
    assert refused(partial(limits.count, one))


def test_a_window_ends_although_attempts_went_on(limits: Limits) -> None:
    two = limit(2, 1)
    limits.count(two)
    limits.count(two)
    assert refused(partial(limits.count, two)) == 1
    time.sleep(1.1)
    limits.check(two)
    limits.count(two)
    limits.count(two)
    assert refused(partial(limits.count, two)) == 1


def test_of_several_limits_the_longest_wait_is_told_and_all_are_counted(limits: Limits) -> None:
    short, long, loose = limit(1, 60), limit(1, 600), limit(2, 60)
    limits.count(short, long, loose)
    assert refused(partial(limits.check, short, long, loose)) in (599, 600)
    assert refused(partial(limits.count, short, long, loose)) in (599, 600)
    assert refused(partial(limits.check, short, loose)) in (59, 60)
    assert refused(partial(limits.check, loose))


def test_of_many_attempts_at_the_same_time_only_as_many_as_allowed_pass(limits: Limits) -> None:
    ten, barrier = limit(10), Barrier(24)

    def attempt(_: int) -> bool:
        barrier.wait()
        return refused(partial(limits.count, ten)) is None

    with ThreadPoolExecutor(24) as pool:
        assert sum(pool.map(attempt, range(24))) == 10


@pytest.mark.parametrize("option", OPTIONS)
def test_two_apps_in_one_process_count_for_themselves(option: str) -> None:
    one, other, once = build(option), build(option), limit(1)
    one.count(once)
    other.count(once)


def test_two_apps_share_counters_on_redis(redis: Redis) -> None:
    one, other, once = build_on_redis(redis), build_on_redis(redis), limit(1)
    one.count(once)
    assert refused(partial(other.count, once))


def test_while_redis_is_away_the_process_counts(redis: Redis, caplog: pytest.LogCaptureFixture) -> None:
    limits, once = build_on_redis(redis), limit(1)
    redis.stop()
    limits.check(once)
    limits.count(once)
    assert refused(partial(limits.count, once))
    assert "this process counts by itself" in caplog.text
    redis.start()
    limits.check(once)


def test_redis_need_not_be_there_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    build("flask_limiter", "redis://127.0.0.1:1/0").check(limit())
    assert "this process counts by itself" in caplog.text


def test_a_redis_that_does_not_answer_is_not_waited_for_long(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        limits, started = build("flask_limiter", f"redis://127.0.0.1:{mute.getsockname()[1]}/0"), time.monotonic()
        limits.check(limit())
    assert time.monotonic() - started < 5
    assert "this process counts by itself" in caplog.text


@pytest.mark.parametrize("uri", ["nonsense://:secret@host", "nonsense", "redis://:secret@host:port"])
def test_an_unknown_storage(uri: str) -> None:
    with pytest.raises(
        ConfigError, match=r"LIMITS_STORAGE, which starts with '\w+', is not .+\n.+ 'memory://'"
    ) as raised:
        build("flask_limiter", uri)
    assert "secret" not in raised.value.message


def test_the_memory_of_plain_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST", 10)
    limits, first = plain.PlainLimits(), limit(1)
    letter = first._replace(name="letter")
    limits.count(first, letter)
    for _ in range(9):
        limits.count(limit(1))
    assert refused(partial(limits.check, first))
    limits.count(limit(1))
    limits.check(first)
    assert refused(partial(limits.check, letter))
    assert sum(map(len, limits._counters.values())) == 11


def test_plain_forgets_counters_whose_time_is_over() -> None:
    limits = plain.PlainLimits()
    for _ in range(100):
        limits.count(limit(1, 0))
    assert sum(map(len, limits._counters.values())) == 1


def test_a_window_of_plain_ends_at_its_last_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(plain, "monotonic", lambda: now)
    limits, one, other = plain.PlainLimits(), limit(1, 60), limit(1, 60)
    limits.count(one)
    now = 159.5
    assert refused(partial(limits.check, one)) == refused(partial(limits.count, one)) == 1
    now = 160
    limits.check(one)
    limits.count(other)
    assert [*limits._counters["attempt"]] == [other.key]
    limits.count(one)
    assert refused(partial(limits.count, one)) == 60


# the application


@pytest.fixture(scope="module", params=OPTIONS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    from assembly_required.lab.sandbox import ready_app
    from tests.conftest import ROOT

    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK_LIMITS=request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.fixture
def address() -> str:
    """An address that no other test uses."""
    return ".".join(str(byte) for byte in (10, *Address.next()))


class Address:
    used = 0

    @classmethod
    def next(cls) -> bytes:
        cls.used += 1
        return cls.used.to_bytes(3, "big")


def log_in(app: Flask, email: str, address: str, password: str = PASSWORD) -> TestResponse:
    payload = {"user": {"email": email, "password": password}}
    return app.test_client().post("/api/users/login", json=payload, environ_base={"REMOTE_ADDR": address})


@contextmanager
def take_turns(app: Flask) -> Iterator[None]:
    """Take all turns to compute a hash."""
    with ExitStack() as taken:
        for _ in range(count_spare_cores()):
            taken.enter_context(assembled(app).hashing.turn())
        yield


def from_address(app: Flask, address: str) -> Browser:
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def test_failures_of_strangers_do_not_lock_a_user_out(app: Flask, people: People, address: str) -> None:
    user = people.new()
    for _ in range(10):
        assert log_in(app, user.email, address, "wrong").status_code == 401
    with take_turns(app):  # no password is checked, so it does not wait for a turn
        assert log_in(app, user.email, address).status_code == 429
    elsewhere = ".".join(str(byte) for byte in (10, *Address.next()))
    assert log_in(app, user.email, elsewhere).status_code == 200


def log_in_by_proxy(app: Flask, user: Person, forwarded_for: str, password: str = PASSWORD) -> int:
    payload = {"user": {"email": user.email, "password": password}}
    headers = {"X-Forwarded-For": forwarded_for}
    return app.test_client().post("/api/users/login", json=payload, headers=headers).status_code


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_behind_a_proxy_that_is_not_configured_a_stranger_locks_everybody_out(
    make_app: MakeApp, proxies: int, status: int
) -> None:
    app = make_app(PROXY_FIX=proxies)
    user = People(Client(in_process(app))).new()
    for _ in range(10):
        assert log_in_by_proxy(app, user, "203.0.113.66", "wrong") == 401
    assert log_in_by_proxy(app, user, "203.0.113.1") == status


@pytest.mark.parametrize(("written", "status"), [("203.0.113.{}", 401), ("203.0.113.{}, 198.51.100.1", 429)])
def test_with_proxy_fix_and_no_proxy_visitors_choose_their_address(
    make_app: MakeApp, written: str, status: int
) -> None:
    """A proxy appends the address that it sees. Without one, only what the visitor has written is there."""
    app = make_app(PROXY_FIX=1)
    user = People(Client(in_process(app))).new()
    answers = [log_in_by_proxy(app, user, written.format(number), "wrong") for number in range(11)]
    assert answers == [401] * 10 + [status]


def test_a_hundred_failures_lock_an_account_wherever_they_come_from(app: Flask, people: People) -> None:
    user = people.new()
    for number in range(100):
        assert log_in(app, user.email, f"10.200.{number}.1", "wrong").status_code == 401
    response = log_in(app, user.email, "10.200.200.1")
    assert response.status_code == 429
    assert response.json == {"errors": {"request": ["too many attempts"]}}
    assert 290 < int(response.headers["Retry-After"]) <= 300


def test_a_hundred_failures_lock_an_address(app: Flask, people: People, address: str) -> None:
    user = people.new()
    for number in range(100):
        assert log_in(app, f"{number}_{address}@test.com", address).status_code == 401
    response = log_in(app, user.email, address)
    assert response.status_code == 429
    assert 290 < int(response.headers["Retry-After"]) <= 300
    assert log_in(app, user.email, "127.0.0.1").status_code == 200


def test_guesses_at_the_same_time_do_not_pass_together(app: Flask, people: People, address: str) -> None:
    """All of them pass the check before the first failure is counted, because they wait for a turn."""
    user = people.new()
    with ThreadPoolExecutor(16) as pool:
        with take_turns(app):
            sent = [pool.submit(log_in, app, user.email, address, "wrong") for _ in range(15)]
            time.sleep(0.2)
            right = pool.submit(log_in, app, user.email, address)
            time.sleep(0.2)
        assert sorted(each.result().status_code for each in sent) == [401] * 10 + [429] * 5
        assert right.result().status_code == 429


def test_the_form_says_when_to_come_back(app: Flask, people: People, address: str) -> None:
    user, browser = people.new(), from_address(app, address)
    for _ in range(10):
        assert browser.sign_in(user, "wrong").status_code == 401
    page = browser.sign_in(user)
    assert page.status_code == 429
    assert errors(page) == ["Too many attempts. Please try again in 5 minutes."]
    assert 290 < int(page.headers["Retry-After"]) <= 300
    assert f'value="{user.email}"' in page.text
    assert browser.user is None
    assert log_in(app, user.email, address).status_code == 429


def letters(app: Flask, to: str) -> int:
    assert assembled(app).tasks.join(10)
    return sum(letter.to == to for letter in outbox.letters(app))


@pytest.mark.parametrize("known", [True, False])
def test_five_letters_an_hour_reset_a_password(app: Flask, people: People, known: bool) -> None:
    email = people.new().email if known else f"{unique('nobody')}@test.com"
    for written in (email, email.upper(), email, email, email):
        assert Browser(app).submit("/password/reset", email=written).status_code == 302
    page = Browser(app).submit("/password/reset", email=email)
    assert page.status_code == 429
    assert errors(page) == ["Too many attempts. Please try again in 60 minutes."]
    assert letters(app, email) == (5 if known else 0)


def test_letters_to_confirm_an_address_count_too(app: Flask, people: People) -> None:
    user, browser = people.new(), Browser(app)
    browser.sign_in(user)
    for _ in range(5):
        assert browser.post("/email/confirm").status_code == 302
    page = browser.post("/email/confirm")
    assert page.status_code == 429
    assert "Too many attempts" in page.text
    assert 3500 < int(page.headers["Retry-After"]) <= 3600
    assert browser.submit("/password/reset", email=user.email).status_code == 429
    assert letters(app, user.email) == 5


def test_one_account_cannot_send_letters_to_many_addresses(app: Flask, people: People) -> None:
    user, browser = people.new(), Browser(app)
    browser.sign_in(user)
    victims = [f"{unique('victim')}@test.com" for _ in range(7)]
    for victim in victims:
        page = browser.submit("/settings", username=user.username, email=victim, bio="", image="", password="")
        assert page.status_code == 302
        assert assembled(app).tasks.join(10)  # a letter goes to the address that the account has when it is sent
    assert [letters(app, victim) for victim in victims] == [1] * 5 + [0] * 2


def test_nothing_else_is_limited_unless_configured(app: Flask, people: People) -> None:
    for _ in range(30):
        people.new()


@pytest.fixture(params=OPTIONS)
def limited(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    return make_app(STACK_LIMITS=request.param, LIMIT_REGISTRATIONS="2/hour", LIMIT_WRITES="8/minute")


def register(app: Flask, username: str, address: str) -> TestResponse:
    user = {"username": username, "email": f"{username}@test.com", "password": PASSWORD}
    return app.test_client().post("/api/users", json={"user": user}, environ_base={"REMOTE_ADDR": address})


def test_registrations_can_be_limited(limited: Flask) -> None:
    assert register(limited, "in/valid", "127.0.0.1").status_code == 422
    assert register(limited, "one", "127.0.0.1").status_code == 201
    fields = {"username": "two", "email": "two@test.com", "password": PASSWORD}
    assert Browser(limited).submit("/register", **fields).status_code == 302
    answer = register(limited, "three", "127.0.0.1")
    assert (answer.status_code, answer.json) == (429, {"errors": {"request": ["too many attempts"]}})
    page = Browser(limited).submit("/register", **fields)
    assert page.status_code == 429
    assert errors(page) == ["Too many attempts. Please try again in 60 minutes."]
    assert register(limited, "three", "127.0.0.2").status_code == 201


def test_writes_can_be_limited(limited: Flask) -> None:
    assert register(limited, "writer", "127.0.0.1").status_code == 201
    for _ in range(7):
        assert limited.test_client().delete("/api/articles/none").status_code == 401
    answer = limited.test_client().delete("/api/articles/none")
    assert (answer.status_code, answer.json) == (429, {"errors": {"request": ["too many attempts"]}})
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    for method in ("GET", "HEAD", "OPTIONS"):
        assert limited.test_client().open("/api/articles", method=method).status_code == 200
    page = Browser(limited).submit("/login", email="writer@test.com", password=PASSWORD)
    assert page.status_code == 429
    assert "<h1>Too many attempts</h1>" in page.text
    assert from_address(limited, "127.0.0.2").submit("/login", email="x@test.com", password="x").status_code == 401


@pytest.mark.parametrize("value", ["100", "many/hour", "0/hour", "100 per hour", "1/week", "-1/day", "5/hour;1/second"])
def test_a_rate_that_cannot_be_read(make_app: MakeApp, value: str) -> None:
    with pytest.raises(ConfigError, match=f"LIMIT_WRITES = '{value}' .from .+ is not a rate: .+'100/hour'"):
        make_app(LIMIT_WRITES=value)


@pytest.mark.parametrize(("remote", "expected"), [
    ("203.0.113.9", "203.0.113.9"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
    ("2001:db8:1:3::1", "2001:db8:1:3::"),
    ("::ffff:203.0.113.9", "203.0.113.9"),
    ("fe80::1%eth0", "fe80::"),
    ("", ""),
    ("unix:", "unix:"),
])  # fmt: skip
def test_the_address_of_a_visitor(remote: str, expected: str) -> None:
    with Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": remote}):
        assert read_address() == expected


def test_a_server_that_names_no_address() -> None:
    """A server on a Unix socket need not set REMOTE_ADDR."""
    with Flask(__name__).test_request_context():
        assert "REMOTE_ADDR" not in request.environ
        assert read_address() == ""


# how many hashes are computed at once


class SlowHashing:
    """Hashes that are computed until the test says so."""

    def __init__(self) -> None:
        self.go, self.running, self.most = Event(), 0, 0

    def hash(self, password: str) -> str:
        self.verify("", password)
        return password

    def verify(self, password_hash: str, password: str) -> bool:
        self.running += 1
        self.most = max(self.most, self.running)
        self.go.wait(10)
        self.running -= 1
        return True

    def outdated(self, password_hash: str) -> bool:
        return False


def test_only_so_many_hashes_are_computed_at_once() -> None:
    slow = SlowHashing()
    hashing = BoundedHashing(slow, 2)
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(hashing.hash, "x") for _ in range(3)]
        asked += [pool.submit(hashing.verify, "x", "x") for _ in range(3)]  # type: ignore[misc]
        time.sleep(0.3)
        slow.go.set()
        assert [each.result() for each in asked] == ["x", "x", "x", True, True, True]
    assert slow.most == 2


@pytest.mark.parametrize(("cores", "spare"), [(None, 1), (1, 1), (2, 1), (3, 2), (8, 7)])
def test_one_core_is_left_for_everything_else(monkeypatch: pytest.MonkeyPatch, cores: int | None, spare: int) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert count_spare_cores() == spare


def test_a_turn_is_given_back_after_an_error() -> None:
    hashing = BoundedHashing(SlowHashing(), 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), hashing.turn():
            raise ZeroDivisionError


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No turn is free, and nobody waits long for one."""
    monkeypatch.setattr(bounded, "WAIT", 0.05)
    with take_turns(app):
        yield


def test_without_a_turn_the_api_is_not_available(app: Flask, people: People, busy: None) -> None:
    for path, user in (
        ("/api/users", {"username": "late", "email": "late@test.com", "password": PASSWORD}),
        ("/api/users/login", {"email": "late@test.com", "password": PASSWORD}),
    ):
        response = app.test_client().post(path, json={"user": user})
        assert (response.status_code, response.json) == (503, {"errors": {"request": ["not available"]}})
        assert response.headers["Retry-After"] == "2"
    assert people.anyone.get("/articles").status == 200


def test_without_a_turn_the_form_comes_back(app: Flask, busy: None) -> None:
    for path in ("/login", "/register"):
        page = Browser(app).submit(path, username="late", email="late@test.com", password=PASSWORD)
        assert page.status_code == 503
        assert errors(page) == ["The server is busy. Please try again in a few seconds."]
        assert 'value="late@test.com"' in page.text
        assert page.headers["Retry-After"] == "2"


def test_without_a_turn_a_password_is_not_changed(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    user: Person = people.new()
    request.getfixturevalue("busy")
    response = app.test_client().put(
        "/api/user", json={"user": {"password": "another one"}}, headers={"Authorization": f"Token {user.token}"}
    )
    assert response.status_code == 503


@pytest.mark.parametrize("option", SLOTS["hashing"].names)
def test_every_option_of_hashing_is_bounded(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, option: str) -> None:
    monkeypatch.setattr(bounded, "WAIT", 0.05)
    hashing = assembled(make_app(STACK_HASHING=option, PASSWORD_CHECKS=1)).hashing
    password_hash = hashing.hash("x")
    with hashing.turn() as adapter:
        assert adapter.verify(password_hash, "x")
        calls: list[Callable[[], Any]] = [partial(hashing.hash, "x"), partial(hashing.verify, password_hash, "x")]
        for call in calls:
            with pytest.raises(Busy):
                call()
    assert hashing.verify(password_hash, "x")


def test_a_login_that_waits_holds_no_connection_to_the_database(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(PASSWORD_CHECKS=1)
    store, asked = assembled(app).store, []
    monkeypatch.setattr(store, "find_account", asked.append)
    monkeypatch.setattr(bounded, "WAIT", 0.05)
    with assembled(app).hashing.turn():
        assert log_in(app, "ana@test.com", "10.1.1.1").status_code == 503
    assert asked == []
