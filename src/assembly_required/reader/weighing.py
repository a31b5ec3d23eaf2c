"""How large the pages of the tutorial are, and how long they take."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from flask import Flask
from flask.testing import FlaskClient

from ..stack.slots import SLOTS
from .contents import list_parts
from .places import list_sides
from .tutorial import create_blueprint

ROUNDS = 3


@dataclass(frozen=True)
class Weight:
    """What a page costs.

    :param kilobytes: the size of its HTML, in units of 1,000 bytes.
    :param milliseconds: the CPU time of this process, the shortest of some requests after a first one.
    """

    url: str
    kilobytes: float
    milliseconds: float


def weigh_pages() -> Iterator[Weight]:
    """Weigh all chapters and modules, and for each slot the pair of its first two options."""
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(create_blueprint())
    with app.test_request_context():
        urls = [page.url for part in list_parts() for page in part.pages]
        pairs = [(slot, list(list_sides(slot))[:2]) for slot in SLOTS]
        urls += [app.url_for("tutorial.pair", slot=slot, one=one, other=other) for slot, (one, other) in pairs]
    client = app.test_client()
    for url in urls:
        size = len(client.get(url).data)
        yield Weight(url, size / 1_000, min(_time(client, url) for _ in range(ROUNDS)))


def _time(client: FlaskClient, url: str) -> float:
    start = process_time()
    client.get(url)
    return (process_time() - start) * 1_000
