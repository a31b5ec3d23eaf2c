"""The program that runs in the process of an example, sends the requests to it, and prints the outcomes as JSON."""

import json
import re
import sys
from dataclasses import asdict
from html import unescape
from importlib import import_module
from types import ModuleType
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

from ..outcome import Outcome
from .requests import REQUESTS, VALID, Request

PATH = "/new"


def main(name: str) -> None:
    """Print the outcome of every request to an example."""
    example = import_module(name)
    print(json.dumps({each.name: asdict(answer(example, find_app(example), each)) for each in REQUESTS}))


def find_app(example: ModuleType) -> Any:
    """Return the WSGI app of an example. One for Django has only settings."""
    if hasattr(example, "app"):
        return example.app
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def answer(example: ModuleType, app: Any, sent: Request) -> Outcome:
    """Open the page of the form, send the form, and return the outcome."""
    client = Client(app)
    token = find_token(client.get(PATH, base_url="http://127.0.0.1").text)
    fields = MultiDict[str, str]({**VALID, sent.field: sent.values})
    if sent.csrf != "missing":
        fields.update(token if sent.csrf == "right" else {name: value[::-1] for name, value in token.items()})
    response = client.post(PATH, data=fields, base_url="http://127.0.0.1")
    if response.status_code == 302:
        value = example.articles[-1][sent.field]
        return Outcome("accepts", repr(value), value)
    return read_refusal(response, sent.field)


def find_token(page: str) -> dict[str, str]:
    """Return the name and the value of the hidden field that holds the token."""
    hidden = next(tag for tag in re.findall("<input[^>]*>", page) if 'type="hidden"' in tag)
    return {find_attribute("name", hidden): find_attribute("value", hidden)}


def find_attribute(name: str, tag: str) -> str:
    """Return an attribute of a tag.

    >>> find_attribute("name", '<input name="title" value="T">')
    'title'
    """
    found = re.search(f'{name}="([^"]*)"', tag)
    return found[1] if found else ""


def read_refusal(response: TestResponse, field: str) -> Outcome:
    """Return the outcome of a form that was not stored: the messages of the page, and the input with its value."""
    page = response.text
    messages = [unescape(each) for each in re.findall(r"<(?:li|em|p)\b[^>]*>([^<\n]+)</(?:li|em|p)>", page)]
    inputs = [tag for tag in re.findall("<input[^>]*>", page) if f'name="{field}"' in tag]
    shown = [f'value="{find_attribute("value", tag)}"' for tag in inputs]
    parts = [str(response.status_code), *messages, *(shown if field == "tags" else ())]
    raw = {"status": response.status_code, "messages": messages, "input": inputs}
    return Outcome("fails" if response.status_code >= 500 else "refuses", " ".join(parts), raw)


if __name__ == "__main__":
    main(*sys.argv[1:])
