"""Compare what servers answer, before it is measured how fast they do."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.request import urlopen

from ..compare.endpoints import Different, differences
from .running import Running


@dataclass
class Answers:
    """What the first server answered. The others have to answer the same."""

    paths: dict[str, str] = field(default_factory=dict)
    expected: dict[str, Any] = field(default_factory=dict)
    first: str = ""

    def check(self, server: Running) -> None:
        """Compare the answers of a server with those of the first.

        :raises Different: they differ.
        """
        if not self.paths:
            articles = fetch(server, "/api/articles")["articles"]
            self.paths = {"list": "/api/articles", "article": f"/api/articles/{articles[len(articles) // 2]['slug']}"}
            self.expected = {name: fetch(server, path) for name, path in self.paths.items()}
            self.first = server.name
        for name, path in self.paths.items():
            for sentence in differences(self.expected[name], fetch(server, path)):
                raise Different(f"{server.name!r} answers GET {path} otherwise than {self.first!r}: {sentence}")


def fetch(server: Running, path: str) -> Any:
    """Return the JSON that a server answers."""
    with urlopen(server.url + path, timeout=30) as response:  # noqa: S310 - a server of this machine
        return json.load(response)
