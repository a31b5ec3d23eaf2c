"""Serve an app with uvicorn in this process, and send requests to it."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import uvicorn
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse


@contextmanager
def serve(app: Any) -> Iterator[Callable[..., TestResponse]]:
    """Serve an app meanwhile. Provides a function that is called as ``open`` of Werkzeug's test client."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield partial(send, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def send(port: int, **arguments: Any) -> TestResponse:
    """Send a request to a server of this machine."""
    request = EnvironBuilder(**arguments).get_request()
    path = f"{request.path}?{request.query_string.decode()}" if request.query_string else request.path
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request(request.method, path, request.get_data() or None, dict(request.headers))
        response = connection.getresponse()
        return TestResponse([response.read()], str(response.status), Headers(response.getheaders()), request)
