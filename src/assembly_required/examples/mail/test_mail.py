"""The same requests to all examples: send a letter, open its link, and meet a mail server that does not answer."""

import email
import re
import socket
import time
from email import policy

import pytest
from aiosmtpd.controller import Controller

ADDRESS = "jo+blog@example.com"
FAILED = {"error": "The letter could not be sent. Please try again later."}

# A block of headers, then all parts. The log of an example has other lines before and after it.
LETTER = re.compile(
    r"(?:^[\w-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)+\n--(?P<boundary>\S+)\n.*?^--(?P=boundary)--", re.MULTILINE | re.DOTALL
)

to_every_backend = pytest.mark.parametrize("mode", ["console", "file", "smtp"], indirect=True, scope="module")
to_files = pytest.mark.parametrize("mode", ["file"], indirect=True, scope="module")
to_a_server = pytest.mark.parametrize("mode", ["smtp"], indirect=True, scope="module")
to_nobody = pytest.mark.parametrize("mode", ["away", "silent"], indirect=True, scope="module")


class Mailbox:
    """The handler of the mail server: it keeps letters, and refuses one recipient."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address == "refused@example.com":
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture(scope="module")
def mailbox():
    return Mailbox()


@pytest.fixture(scope="module")
def mode(request):
    return request.param


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the examples write their files."""
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="module")
def environment(mode, mailbox, folder):
    values = {"PYTHONUNBUFFERED": "1", "MAIL_FILE_PATH": str(folder), "MAIL_SERVER": "127.0.0.1"}
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        if mode == "silent":  # a connection is made, but nobody answers
            listener.listen()
        if mode in {"away", "silent"}:
            yield {**values, "MAIL_BACKEND": "smtp", "MAIL_PORT": str(port)}
            return
    if mode == "smtp":
        server = Controller(mailbox, hostname="127.0.0.1", port=port)
        server.start()
        yield {**values, "MAIL_BACKEND": "smtp", "MAIL_PORT": str(port)}
        server.stop()
    else:
        yield {**values, "MAIL_BACKEND": mode}


@pytest.fixture
def letters(mode, example, mailbox, folder, tmp_path_factory):
    """A function that returns the letters that this test has sent."""
    for file in folder.iterdir():
        file.unlink()
    mailbox.letters.clear()
    log = max(tmp_path_factory.getbasetemp().glob(f"{example.name}_app*/log"), key=lambda path: path.stat().st_mtime)
    before = len(log.read_text())

    def read():
        if mode == "smtp":
            return mailbox.letters
        texts = [log.read_text()[before:]] if mode == "console" else [file.read_text() for file in folder.iterdir()]
        return [letter[0] for text in texts for letter in LETTER.finditer(text)]

    return read


def read_letter(letters):
    (text,) = letters()
    return email.message_from_string(text, policy=policy.default)


def find_link(text):
    return re.search(r"http://[^\s\"<]+", text)[0]


@to_every_backend
def test_a_letter_has_text_and_html_with_a_link_that_works(example, letters):
    answer = example.post("/letters", {"to": ADDRESS})
    assert (answer.status, answer.json) == (202, {"sent": ADDRESS})

    letter = read_letter(letters)
    assert (letter["Subject"], letter["From"], letter["To"]) == ("Confirm your address", "blog@example.com", ADDRESS)
    assert letter["Date"]
    assert letter["Message-ID"]
    assert letter.get_content_type() == "multipart/alternative"
    text, html = letter.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().startswith("Hello,")
    assert html.get_content().startswith("<p>Hello,</p>")

    link = find_link(text.get_content())
    assert find_link(html.get_content()) == link
    assert link.startswith(example.url)
    answer = example.get(link.removeprefix(example.url))
    assert (answer.status, answer.json) == (200, {"confirmed": ADDRESS})


@to_files
@pytest.mark.parametrize(
    "to", ["", "jo", "jo@", "@example.com", "jo@example.com\nBcc: al@example.com", "jo@example.com, al@example.com"]
)
def test_other_text_than_an_address_is_refused(example, letters, to):
    answer = example.post("/letters", {"to": to})
    assert (answer.status, answer.json) == (400, {"error": "This is not an email address."})
    assert letters() == []


@to_files
def test_a_letter_without_an_address_is_refused(example, letters):
    assert example.post("/letters", {}).status == 400
    assert letters() == []


@to_files
@pytest.mark.parametrize("token", ["wrong", "ImpvQGV4YW1wbGUuY29tIg.aSdzZQ.wrong", "%00"])
def test_a_wrong_link_is_refused(example, token):
    answer = example.get(f"/confirm/{token}")
    assert (answer.status, answer.json) == (400, {"error": "This link is not valid, or no longer."})


@to_files
def test_the_link_never_names_a_foreign_host(example, letters):
    assert example.post("/letters", {"to": ADDRESS}, Host="evil.example").status == 400
    assert letters() == []


@to_a_server
def test_a_recipient_whom_the_server_refuses_is_reported(example, letters):
    answer = example.post("/letters", {"to": "refused@example.com"})
    assert (answer.status, answer.json) == (503, FAILED)
    assert letters() == []


@to_nobody
def test_a_server_that_does_not_answer_is_reported_soon(example):
    start = time.monotonic()
    answer = example.post("/letters", {"to": ADDRESS})
    assert (answer.status, answer.json) == (503, FAILED)
    assert time.monotonic() - start < 10
