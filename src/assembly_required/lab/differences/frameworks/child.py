"""The program that runs in the process of a framework, and prints what it answers as JSON."""

import json
import sys
from dataclasses import asdict
from importlib import import_module

from werkzeug.test import Client

from ..inputs import OVER_HTTP
from ..outcome import read_response


def main(name: str) -> None:
    """Send every input to the app of a framework and print the outcomes."""
    client = Client(import_module(f".{name}", __package__).app(), use_cookies=False)
    outcomes = {each.name: asdict(read_response(client.open(**each.request()))) for each in OVER_HTTP}
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1])
