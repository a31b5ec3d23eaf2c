"""A candidate that marks every article as a favorite."""

from pathlib import Path
from typing import Any

from assembly_required.lab.compare.baselines import floor, queries


class Wrong(floor.Floor):
    def _list(self, *args: Any) -> Any:
        status, body = super()._list(*args)
        return status, {**body, "articles": [{**each, "favorited": True} for each in body["articles"]]}


def build(database: Path, secret_key: str) -> Wrong:
    return Wrong(queries.connections(database), floor.signer(secret_key))
