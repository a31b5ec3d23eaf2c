"""Serve an app with uvicorn in this process, and send requests to it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from werkzeug.test import EnvironBuilder, TestResponse

from .....contract.client import Send, over_http


@contextmanager
def serve(app: Any) -> Iterator[Send]:
    """Serve an app meanwhile. Provides a function that sends requests to it."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield over_http(f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join()


def open_over_http(send: Send, **arguments: Any) -> TestResponse:
    """Send what a test client of Werkzeug would send."""
    request = EnvironBuilder(**arguments).get_request()
    path = f"{request.path}?{request.query_string.decode()}" if request.query_string else request.path
    headers = {"Content-Type": request.content_type} if request.content_type else {}
    answer = send(request.method, path, headers, request.get_data())
    return TestResponse([answer.body], str(answer.status), dict(answer.headers), request)
