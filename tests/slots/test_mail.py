"""Every option of ``mail`` sends to the console, to a file and to a server."""

import email
import email.policy
import socket
import stat
import time
from collections.abc import Iterator
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask

from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from assembly_required.web import outbox
from tests.conftest import MakeApp
from tests.slots import smtp

OPTIONS = SLOTS["mail"].names
SUBJECT = "A häppy subject"
TEXT = "Hellö 😀,\n\nhttp://127.0.0.1/" + "x" * 200 + "\n.\nFrom here\n"


class Inbox:
    """A mail server that records messages."""

    def __init__(self) -> None:
        self.received: list[tuple[str, list[str], EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 OK"


def only_ana(server: Any, session: Any, envelope: Any, mechanism: str, auth: Any) -> AuthResult:
    assert isinstance(auth, LoginPassword)
    return AuthResult(success=(auth.login, auth.password) == (b"ana", b"secret"), handled=False)


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, dict[str, Any]]]:
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port, authenticator=only_ana, auth_require_tls=False)
    server.start()
    yield inbox, {"MAIL_BACKENDS": ["smtp"], "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port}
    server.stop()


def send(app: Flask) -> None:
    with app.app_context():
        app.extensions["mail under test"].send("ana@test.com", SUBJECT, TEXT)


@pytest.fixture(params=OPTIONS)
def make_mailing(request: pytest.FixtureRequest, make_app: MakeApp) -> Any:
    def make(**config: Any) -> Flask:
        app = make_app(STACK_MAIL=request.param, **config)
        app.extensions["mail under test"] = import_module(f"assembly_required.adapters.mail.{request.param}").build(app)
        return app

    return make


def test_to_a_server(make_mailing: Any, inbox: tuple[Inbox, dict[str, Any]]) -> None:
    received, config = inbox
    send(make_mailing(**config, MAIL_DEFAULT_SENDER="blog@test.com"))
    ((sender, recipients, message),) = received.received
    assert (sender, recipients) == ("blog@test.com", ["ana@test.com"])
    assert (message["From"], message["To"], message["Subject"]) == ("blog@test.com", "ana@test.com", SUBJECT)
    assert message.get_content().replace("\r\n", "\n").rstrip() == TEXT.rstrip()
    assert message["Date"]
    assert message["Message-ID"]


def test_to_a_server_that_wants_a_name(make_mailing: Any, inbox: tuple[Inbox, dict[str, Any]]) -> None:
    received, config = inbox
    send(make_mailing(**config, MAIL_USERNAME="ana", MAIL_PASSWORD="secret"))
    with pytest.raises(OSError, match="535"):
        send(make_mailing(**config, MAIL_USERNAME="ana", MAIL_PASSWORD="wrong"))
    assert len(received.received) == 1


def test_nothing_is_sent_in_the_clear_that_was_to_be_encrypted(
    make_mailing: Any, inbox: tuple[Inbox, dict[str, Any]]
) -> None:
    received, config = inbox
    with pytest.raises(OSError, match="STARTTLS"):
        send(make_mailing(**config, MAIL_USE_TLS=True))
    assert received.received == []


def test_a_server_that_is_away(make_mailing: Any) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - each system has words of its own
        send(make_mailing(MAIL_BACKENDS=["smtp"], MAIL_SERVER="127.0.0.1", MAIL_PORT=1))


def test_a_server_that_does_not_answer_is_given_up(make_mailing: Any) -> None:
    with smtp.mute() as config:
        app = make_mailing(MAIL_TIMEOUT=1, **config)
        start = time.monotonic()
        with pytest.raises(OSError, match="timed out"):
            send(app)
        assert 1 <= time.monotonic() - start < 9


def test_into_files(make_mailing: Any) -> None:
    app = make_mailing(MAIL_BACKENDS=["file"])
    send(app)
    send(app)
    newest, _ = outbox.letters(app)
    assert (newest.to, newest.subject, newest.text) == ("ana@test.com", SUBJECT, TEXT.rstrip())
    assert stat.S_IMODE(Path(app.instance_path, "mail").stat().st_mode) == 0o700


def test_to_the_console(make_mailing: Any, capsys: pytest.CaptureFixture[str]) -> None:
    app = make_mailing(MAIL_BACKENDS=["console"])
    capsys.readouterr()
    send(app)
    said = capsys.readouterr().out
    assert "To: ana@test.com" in said
    assert not Path(app.instance_path, "mail").exists()


def test_to_several_at_once(make_mailing: Any, capsys: pytest.CaptureFixture[str]) -> None:
    app = make_mailing()
    send(app)
    assert "To: ana@test.com" in capsys.readouterr().out
    assert len(outbox.letters(app)) == 1


def test_a_line_break_is_not_a_header(make_mailing: Any) -> None:
    app = make_mailing()
    with app.app_context(), pytest.raises(ValueError):  # noqa: PT011 - each library has words of its own
        app.extensions["mail under test"].send("ana@test.com", "Hello\nBcc: all@test.com", "x")


def test_mail_is_part_of_what_is_assembled(make_app: MakeApp) -> None:
    assert assembled(make_app()).choice["mail"].option.name == "flask_mailman"
