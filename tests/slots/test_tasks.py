"""Every option of ``tasks``, with real brokers: calls arrive, are tried again, and survive a killed worker."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from queue import Queue
from threading import Event, Timer
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from flask import Flask, current_app
from redis import Redis

from assembly_required.adapters.tasks.huey.storage import KeepingHuey
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People, Person
from assembly_required.stack.assembly import assembled
from assembly_required.stack.interfaces import Tasks
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS, ConfigError
from tests.conftest import ROOT, MakeApp, by_lane
from tests.site.browser import Browser
from tests.slots import smtp

BROKERS = {"rabbitmq": "amqp://localhost", "redis": "redis://localhost:6379/0"}
CASES = ["plain", "huey", *BROKERS]
"""The options; ``celery`` on each broker."""

SECONDS = 90
"""How long a test waits for what has to come. The machine may be busy."""


def configure(case: str) -> dict[str, Any]:
    """Return the settings of a case; each test has a queue of its own."""
    if case not in BROKERS:
        return {"STACK_TASKS": case}
    return {"STACK_TASKS": "celery", "CELERY_BROKER": BROKERS[case], "CELERY_QUEUE": f"test {uuid4()}"}


def build(config: dict[str, Any], folder: Path) -> tuple[Flask, Tasks]:
    """Build the slot in an otherwise empty app."""
    app = Flask("tasks under test", instance_path=str(folder))
    app.config.from_mapping(
        {key: setting.default for key, setting in KEYS.items()} | {"TASK_RETRY_SECONDS": 0} | config
    )
    return app, import_module(f"assembly_required.adapters.tasks.{config['STACK_TASKS']}").build(app)


def work(app: Flask, tasks: Any) -> AbstractContextManager[Any]:
    """Run the queued tasks in this process: huey's before a block, Celery's in the time of a block."""
    if "celery" in app.extensions:
        return run_celery(app.extensions["celery"])
    if hasattr(tasks, "_huey"):
        return run_huey(tasks._huey)
    return nullcontext()


@contextmanager
def run_celery(celery: Celery) -> Iterator[None]:
    """Run a worker in a thread. At the end a message to nobody wakes it, so that it notices that it should stop."""
    celery.conf.worker_hijack_root_logger = False  # pytest has a handler there
    with start_worker(celery, pool="threads", perform_ping_check=False, shutdown_timeout=SECONDS):
        try:
            yield
        finally:
            Timer(0.2, lambda: celery.control.ping(["nobody"], timeout=0)).start()


@contextmanager
def run_huey(huey: KeepingHuey) -> Iterator[None]:
    """Do what huey's consumer does, until nothing is queued or scheduled."""
    try:
        while huey.pending_count() + huey.scheduled_count():
            huey.read_schedule()
            if task := huey.dequeue():
                huey.execute(task)
            else:
                time.sleep(0.05)
        yield
    finally:
        huey.storage.close()


@pytest.fixture
def forget_queues() -> Iterator[Callable[[Flask], None]]:
    apps: list[Flask] = []
    yield apps.append
    for app in apps:
        if "celery" in app.extensions:
            with app.extensions["celery"].connection_for_write() as connection:
                connection.default_channel.queue_delete(app.config["CELERY_QUEUE"])
            app.extensions["celery"].close()
    redis = Redis.from_url(BROKERS["redis"])
    for key in {key for app in apps for key in redis.scan_iter(f"{app.config['CELERY_QUEUE']}:*")}:
        redis.delete(key)
    redis.close()


Make = Callable[..., tuple[Flask, Tasks]]


@pytest.fixture
def make(tmp_path: Path, forget_queues: Callable[[Flask], None]) -> Make:
    """Makes an app with the slot of a case, in a folder of its own unless one is named."""

    def make(case: str, folder: Path | None = None, **config: Any) -> tuple[Flask, Tasks]:
        folder = folder or tmp_path / uuid4().hex
        folder.mkdir(exist_ok=True)
        app, tasks = build({**configure(case), **config}, folder)
        forget_queues(app)
        return app, tasks

    return make


@pytest.mark.parametrize("case", CASES)
def test_a_call_arrives_in_the_context_of_its_app(make: Make, case: str) -> None:
    (app, tasks), (other_app, other_tasks) = make(case), make(case)
    calls: Queue[Any] = Queue()

    @tasks.task("greet")
    def greet(attempt: int, **words: Any) -> None:
        calls.put(("one", current_app._get_current_object() is app, attempt, words))

    @other_tasks.task("greet")
    def greet_elsewhere(attempt: int, **words: Any) -> None:
        calls.put(("two", current_app._get_current_object() is other_app, attempt, words))

    words = {"name": "Ana", "numbers": [1, 2.5, None], "nested": {"ü": True}}
    greet.enqueue(**words)
    with work(app, tasks):
        assert calls.get(timeout=SECONDS) == ("one", True, 1, words)
    greet_elsewhere.enqueue()
    with work(other_app, other_tasks):
        assert calls.get(timeout=SECONDS) == ("two", True, 1, {})
    assert tasks.join(SECONDS)


@pytest.mark.parametrize("case", CASES)
def test_a_task_that_fails_is_tried_again_but_not_for_ever(
    make: Make, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    app, tasks = make(case)
    calls: Queue[Any] = Queue()

    @tasks.task("flaky", retries=2)
    def flaky(attempt: int, name: str, until: int) -> None:
        calls.put((name, attempt))
        if attempt < until:
            raise OSError(f"not yet, {name}")

    for name, until in (("succeeds", 3), ("fails", 9), ("at once", 1)):
        flaky.enqueue(name=name, until=until)
    expected = [("at once", 1), *(("fails", n) for n in (1, 2, 3)), *(("succeeds", n) for n in (1, 2, 3))]
    with work(app, tasks):
        assert sorted(calls.get(timeout=SECONDS) for _ in expected) == expected
    assert tasks.join(SECONDS)
    assert calls.empty()
    assert "not yet, fails" in caplog.text


@pytest.mark.parametrize("case", by_lane(CASES, "plain"))
def test_the_second_wait_is_twice_as_long_as_the_first(make: Make, case: str) -> None:
    app, tasks = make(case, TASK_RETRY_SECONDS=1)
    times: Queue[float] = Queue()

    @tasks.task("slow", retries=2)
    def slow(attempt: int) -> None:
        times.put(time.monotonic())
        raise OSError("never")

    slow.enqueue()
    with work(app, tasks):
        one, two, three = (times.get(timeout=SECONDS) for _ in range(3))
    assert two - one >= 1
    assert three - two >= 2


def test_plain_refuses_what_other_options_could_not_send(make: Make) -> None:
    _, tasks = make("plain")
    with pytest.raises(TypeError):
        tasks.task("odd")(lambda attempt, value: None).enqueue(value=object())


def test_a_full_queue_refuses(make: Make) -> None:
    _, tasks = make("plain", TASK_QUEUE_SIZE=2)
    started, end = Event(), Event()

    @tasks.task("long")
    def long(attempt: int) -> None:
        started.set()
        assert end.wait(SECONDS)

    long.enqueue()
    assert started.wait(SECONDS)
    long.enqueue()
    long.enqueue()
    with pytest.raises(OSError, match="the queue is full: 2 tasks are waiting"):
        long.enqueue()
    assert not tasks.join(0.01)
    end.set()
    assert tasks.join(SECONDS)


PROCESS = """
import logging, os, sys, time
from pathlib import Path
from tests.slots.test_tasks import build
from assembly_required.adapters.tasks import plain
logging.basicConfig()

app, tasks = build({"STACK_TASKS": "plain", "TASK_RETRY_SECONDS": 600}, Path(sys.argv[1]))

@tasks.task("say", retries=2)
def say(attempt, word, seconds=0):
    print(word, attempt, os.getpid() == parent, flush=True)
    time.sleep(seconds)
    if word == "fails":
        raise OSError("it fails")

parent = os.getpid()
"""


def run_process(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROCESS + source, str(folder)],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip


def test_the_end_of_a_process_tries_each_call_once_more(tmp_path: Path) -> None:
    ended = run_process(tmp_path, "say.enqueue(word='works')\nsay.enqueue(word='fails')\ntime.sleep(0.5)")
    assert ended.stdout.splitlines() == ["works 1 True", "fails 1 True", "fails 2 True"]
    assert "Task say failed 2 times and is given up." in ended.stderr


def test_the_end_of_a_process_waits_only_so_long_and_says_what_is_lost(tmp_path: Path) -> None:
    calls = "say.enqueue(word='slow', seconds=60)\nsay.enqueue(word='lost')\ntime.sleep(0.5)"
    ended = run_process(tmp_path, f"plain.DRAIN_SECONDS = 0.1\n{calls}")
    assert ended.stdout.splitlines() == ["slow 1 True"]
    assert "The process ended before 2 tasks were done. They are lost." in ended.stderr


def test_a_forked_process_has_a_queue_of_its_own(tmp_path: Path) -> None:
    source = """
say.enqueue(word="before")
if os.fork() == 0:
    say.enqueue(word="child")
    sys.exit()
os.wait()
say.enqueue(word="after")
"""
    ended = run_process(tmp_path, source)
    assert sorted(ended.stdout.splitlines()) == ["after 1 True", "before 1 True", "child 1 False"]


def test_a_fork_does_not_copy_threads(tmp_path: Path) -> None:
    source = """
from threading import Thread
thread = Thread(target=time.sleep, args=[60], daemon=True)
thread.start()
if os.fork() == 0:
    print("child", thread.is_alive(), flush=True)
    os._exit(0)
os.wait()
print("parent", thread.is_alive())
"""
    assert run_process(tmp_path, source).stdout.splitlines() == ["child False", "parent True"]


def test_huey_keeps_a_call_until_it_has_ended(make: Make, tmp_path: Path) -> None:
    calls: Queue[int] = Queue()
    made = []
    for _ in range(2):  # the consumer that is killed, and the one after it
        _, tasks = make("huey", tmp_path)
        made.append((tasks, tasks.task("note")(lambda attempt, number: calls.put(number))))
    (killed, note), (later, _) = made
    note.enqueue(number=1)
    note.enqueue(number=2)
    assert killed._huey.dequeue().kwargs == {"number": 1}
    later._huey.storage.restore()
    with run_huey(later._huey):
        pass
    assert sorted(calls.get(timeout=SECONDS) for _ in range(2)) == [1, 2]
    with run_huey(killed._huey):
        pass
    assert calls.empty()


def test_celery_needs_a_broker_that_is_known(make: Make) -> None:
    with pytest.raises(ConfigError, match="CELERY_BROKER has the scheme 'sqs', which is not supported"):
        make("rabbitmq", CELERY_BROKER="sqs://key@")


# The letters of the site


def ask(app: Flask, email: str) -> Any:
    return Browser(app).submit("/password/reset", email=email)


def person_of(app: Flask) -> Person:
    return People(Client(in_process(app))).new()


@pytest.mark.parametrize("mail", SLOTS["mail"].names)
def test_a_mute_mail_server_does_not_hold_a_request(
    make_app: MakeApp, mail: str, caplog: pytest.LogCaptureFixture
) -> None:
    with smtp.mute() as config:
        app = make_app(STACK_MAIL=mail, MAIL_TIMEOUT=60, TASK_RETRY_SECONDS=0, **config)
        caplog.set_level(logging.WARNING, app.logger.name)  # a worker of Celery in this process changes it
        emails = [person_of(app).email, person_of(app).email, "nobody@test.com"]
        start = time.monotonic()
        for email in emails:
            assert ask(app, email).status_code == 302
        assert Browser(app).get("/login").status_code == 200
        assert time.monotonic() - start < 60
        assert not assembled(app).tasks.join(0)
    assert assembled(app).tasks.join(SECONDS)
    attempts = [text.partition(" was not sent, ")[2][:14] for text in caplog.messages if "was not sent" in text]
    assert sorted(attempts) == [f"attempt {number} of 3" for number in (1, 1, 2, 2, 3, 3)]


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_a_task_reads_every_store(make_app: MakeApp, orm: str, caplog: pytest.LogCaptureFixture) -> None:
    inbox = smtp.Inbox(refusals=1)
    with smtp.serve(inbox) as config:
        app = make_app(STACK_ORM=orm, TASK_RETRY_SECONDS=0, **config)
        caplog.set_level(logging.INFO, app.logger.name)
        user = person_of(app)
        ask(app, user.email)
        assert "/password/reset/" in inbox.letters.get(timeout=SECONDS)
        assert assembled(app).tasks.join(SECONDS)
    with app.app_context():
        account = assembled(app).store.find_account(user.email)
        assert account
    refused, sent = (line for line in caplog.messages if line.startswith("Letter"))
    assert refused.startswith(f"Letter password_reset to account {account.user.id} was not sent, attempt 1 of 3: ")
    assert sent == f"Letter password_reset to account {account.user.id} was sent, attempt 2."
    assert "/password/reset/" not in caplog.text


@pytest.mark.parametrize("case", ["huey", *BROKERS])
def test_a_queue_that_is_away_is_logged_and_nobody_gets_an_error(
    make_app: MakeApp, tmp_path: Path, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    away = {
        "huey": {},
        "rabbitmq": {"CELERY_BROKER": "amqp://127.0.0.1:1"},
        "redis": {"CELERY_BROKER": "redis://127.0.0.1:1/0"},
    }
    app = make_app(tmp_path / "instance", **{**configure(case), **away[case]})
    Path(app.instance_path, "tasks.sqlite3").mkdir()  # a file that huey cannot open
    user = person_of(app)
    caplog.clear()
    answers = [ask(app, email) for email in (user.email, "nobody@test.com")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    registered = Browser(app).submit("/register", username="new", email="new@test.com", password="correct horse")
    assert registered.status_code == 302
    said = [line for line in caplog.messages if " was not queued: " in line]
    assert [line.split()[1] for line in said] == ["password_reset", "password_reset", "confirm_email"]


# Workers in a process of their own


@contextmanager
def worker(app: Flask, config: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    """Run ``flask tasks run`` in a process group of its own."""
    log = Path(app.instance_path, f"worker {uuid4()}.log")
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    texts["MAIL_BACKENDS"] = ",".join(config["MAIL_BACKENDS"])
    variables = {f"FLASK_{key}": text for key, text in texts.items()} | {"FLASK_INSTANCE_PATH": app.instance_path}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "tasks", "run", "--threads", "2"],
            cwd=ROOT, env={**os.environ, **variables}, stdout=output, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process
        except Exception:
            sys.stderr.write(log.read_text())
            raise
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.mark.parametrize("case", by_lane(["huey", *BROKERS], "huey", "rabbitmq"))
def test_a_worker_sends_what_a_server_has_queued(
    make_app: MakeApp, tmp_path: Path, case: str, forget_queues: Callable[[Flask], None]
) -> None:
    inbox = smtp.Inbox(refusals=1)
    with smtp.serve(inbox) as mail:
        config = {**configure(case), **mail, "TASK_RETRY_SECONDS": 0}
        app = make_app(tmp_path / "instance", **config)
        forget_queues(app)
        ask(app, person_of(app).email)
        with worker(app, config) as process:
            assert "/password/reset/" in inbox.letters.get(timeout=SECONDS)
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0


@pytest.mark.full
@pytest.mark.parametrize("case", ["huey", *BROKERS])
def test_a_killed_worker_loses_no_letter(
    make_app: MakeApp, tmp_path: Path, case: str, forget_queues: Callable[[Flask], None]
) -> None:
    inbox = smtp.Inbox(hangs=1)
    with smtp.serve(inbox) as mail:
        config = {**configure(case), **mail, "CELERY_REDELIVER_SECONDS": 5, "MAIL_TIMEOUT": 60}
        app = make_app(tmp_path / "instance", **config)
        forget_queues(app)
        user = person_of(app)
        ask(app, user.email)
        with worker(app, config) as process:
            assert f"To: {user.email}" in inbox.hanging.get(timeout=SECONDS)
            os.killpg(process.pid, signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
        assert inbox.letters.empty()
        with worker(app, config):
            assert f"To: {user.email}" in inbox.letters.get(timeout=SECONDS)


def run_command(app: Flask, *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=["tasks", *arguments])


def test_plain_needs_no_worker(make_app: MakeApp) -> None:
    ended = run_command(make_app(), "run")
    assert (ended.exit_code, ended.output) == (
        0, "With tasks=plain, each process of the server runs its own tasks. Nothing else needs to be started.\n"
    )  # fmt: skip


def test_a_worker_says_which_broker_it_misses(make_app: MakeApp) -> None:
    ended = run_command(make_app(STACK_TASKS="celery", CELERY_BROKER="amqp://ana:secret@127.0.0.1:1"), "run")
    assert ended.exit_code == 1
    assert "Cannot reach the broker amqp://ana:**@127.0.0.1:1//: " in ended.output
    assert "Start it, or change CELERY_BROKER (from the argument of create_app)." in ended.output
    assert "secret" not in ended.output


def test_huey_has_one_worker(make_app: MakeApp) -> None:
    app = make_app(STACK_TASKS="huey")
    from filelock import FileLock

    with FileLock(Path(app.instance_path, "tasks.lock")):
        ended = run_command(app, "run")
    assert ended.exit_code == 1
    assert "Another worker runs already" in ended.output


@pytest.mark.parametrize("option", ["huey", "celery"])
def test_a_worker_needs_a_blog_that_is_set_up(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_TASKS=option)
    Path(app.instance_path, "conduit.sqlite3").unlink()
    ended = run_command(app, "run")
    assert ended.exit_code == 1
    assert "There is no database yet. Run: flask setup" in ended.output
