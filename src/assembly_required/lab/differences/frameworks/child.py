"""The program that runs in the process of a framework, and prints its answer as JSON."""

import json
import sys
from importlib import import_module


def main(name: str, slot: str) -> None:
    """Print what a framework answers for a slot."""
    print(json.dumps(import_module(f".{name}.{slot}", __package__).answer()))


if __name__ == "__main__":
    main(*sys.argv[1:])
