"""Mistakes in a handler or in the project's folder are reported when the app is created."""

from pathlib import Path
from typing import Any

import pytest

from assembly_required import create_app
from assembly_required.conduit.operation import operation
from assembly_required.stack.slots import ConfigError
from assembly_required.web.api import guard

PARTS: dict[str, Any] = dict.fromkeys(["store", "hashing", "permissions", "tokens", "notices", "attempts"])


def test_a_parameter_that_nothing_provides() -> None:
    @operation("GET", "/things/{slug}", tag="Things", caller="anyone")
    def list_things(stroe: object) -> None: ...

    with pytest.raises(TypeError) as raised:
        guard.bind(list_things.operation, **PARTS)  # type: ignore[attr-defined]
    assert (
        "list_things has a parameter 'stroe', which nothing provides.\nRename it to one of attempts, hashing, "
        in str(raised.value)
    )
    assert str(raised.value).endswith("Did you mean 'store'?")


def test_a_parameter_of_what_is_found() -> None:
    def find_thing(slgu: str) -> None: ...

    @operation("GET", "/things/{slug}", tag="Things", caller="anyone", thing=find_thing)
    def show_thing(thing: object) -> None: ...

    with pytest.raises(TypeError, match="Did you mean 'slug'"):
        guard.bind(show_thing.operation, **PARTS)  # type: ignore[attr-defined]


def test_a_handler_gets_what_the_path_names() -> None:
    @operation("GET", "/things/{slug}", tag="Things", caller="anyone")
    def show_thing(slug: str) -> str:
        return slug

    bound = guard.bind(show_thing.operation, **PARTS)  # type: ignore[attr-defined]
    assert bound.guard(bound.call)(slug="a-thing") == "a-thing"


def test_a_root_without_migrations(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        create_app(root=tmp_path)
    assert raised.value.message == (
        f"The project's folder {tmp_path} has no folder 'migrations', so the database cannot be set up.\n"
        "Change to the folder of wsgi.py and run flask there, or write create_app(root=Path('path/to/the/project'))."
    )
