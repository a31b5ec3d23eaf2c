"""A request is passed on to a peer as it came, without what is only for the workbench."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from assembly_required.lab.peers import find_free_port
from assembly_required.workbench.passing import Unreachable, pass_on


class Echo(BaseHTTPRequestHandler):
    """Answers with the request that came, and with headers that are about the connection."""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = f"{self.command} {self.path}\n{self.headers}".encode() + body
        self.send_response(302 if self.path.startswith("/old") else 201)
        self.send_header("Location", "/new?page=2")
        self.send_header("Connection", "close")
        self.send_header("Keep-Alive", "timeout=5")
        self.send_header("Set-Cookie", "a=1; Path=/")
        self.send_header("Set-Cookie", "b=2; Path=/")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - the names that the server calls

    def log_message(self, format: str, *values: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_the_request_arrives_as_it_was_sent(port: int) -> None:
    headers = {
        "Host": "localhost:5000",
        "Origin": "http://localhost:5000",
        "Cookie": "session=x; workbench=secret; csrftoken=y",
        "Connection": "keep-alive",
        "Te": "trailers",
        "Content-Type": "text/plain",
    }
    builder = EnvironBuilder(
        "/a path/caf\u00e9?q=a%20b&q=c",
        method="PUT",
        data=b"\x00body",
        headers=headers,
        base_url="http://localhost:5000",
    )
    status, _, content = pass_on(builder.get_environ(), port)
    text = content.decode("latin-1")
    assert status == "201 Created"
    assert text.startswith("PUT /a%20path/caf%C3%A9?q=a%20b&q=c\n")
    assert "Host: localhost:5000\n" in text
    assert "Origin: http://localhost:5000\n" in text
    assert "Cookie: session=x; csrftoken=y\n" in text
    assert "Content-Type: text/plain\n" in text
    assert text.endswith("\x00body")
    for gone in ("workbench", "Te:", "Connection"):
        assert gone not in text


def test_the_response_comes_back_as_it_is(port: int) -> None:
    status, sent, _ = pass_on(EnvironBuilder("/old").get_environ(), port)
    headers = Headers(sent)
    assert status == "302 Found"
    assert headers["Location"] == "/new?page=2"
    assert headers.getlist("Set-Cookie") == ["a=1; Path=/", "b=2; Path=/"]
    assert "Connection" not in headers
    assert "Keep-Alive" not in headers


@pytest.mark.parametrize("method", ["POST", "DELETE", "HEAD"])
def test_a_request_may_have_no_body(port: int, method: str) -> None:
    status, _, content = pass_on(EnvironBuilder("/", method=method).get_environ(), port)
    assert status == "201 Created"
    assert content.startswith(method.encode()) or method == "HEAD"


def test_a_peer_that_has_ended_is_reported() -> None:
    with pytest.raises(Unreachable):
        pass_on(EnvironBuilder("/").get_environ(), find_free_port())
