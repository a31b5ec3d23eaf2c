"""Where the source is: modules, examples and the files of the peers, by name."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..stack.describe import PACKAGE, find_source
from ..stack.slots import SLOTS

EXAMPLES = PACKAGE / "examples"
PEERS = PACKAGE / "peers"


@dataclass(frozen=True)
class Side:
    """What fills a slot: an adapter, an example, or the files of a peer.

    :param name: its name in a URL, such as ``peewee``, ``peewee-example`` or ``django-peer``.
    :param title: its name for readers.
    :param files: its files, by a name that its siblings may have too.
    """

    name: str
    title: str
    files: dict[str, Path]

    @property
    def is_adapter(self) -> bool:
        """Whether it is an adapter."""
        return self.title.startswith("adapter ")

    @property
    def is_example(self) -> bool:
        """Whether it is an example."""
        return self.title.startswith("example ")


@cache
def find_module(name: str) -> Path | None:
    """Find the file of a module by its name without that of the package. Examples and peers have none."""
    path = PACKAGE.joinpath(*name.split("."))
    apart = path.is_relative_to(PEERS) or EXAMPLES in path.parents
    if apart or not all(part.isidentifier() for part in name.split(".")):
        return None
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def find_package(module: str) -> str:
    """Return the name of the package of a module; a package is its own.

    >>> find_package("stack.keys"), find_package("stack")
    ('stack', 'stack')
    """
    path = find_module(module)
    return module if path and path.name == "__init__.py" else module.rpartition(".")[0]


@cache
def name_module(path: Path) -> str:
    """Return the name of the module in a file of the package.

    >>> name_module(PACKAGE / "stack" / "__init__.py")
    'stack'
    """
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def find_examples() -> dict[str, Path]:
    """Find all examples, by names such as ``login/flask_login``. An example driven by commands is a folder."""
    paths = sorted(path for path in EXAMPLES.glob("*/*") if path.stem.endswith("_app") and path.suffix in (".py", ""))
    return {f"{path.parent.name}/{path.stem.removesuffix('_app')}": path for path in paths}


def list_files(example: Path) -> dict[str, Path]:
    """List the Python files of an example, by name."""
    if not example.is_dir():
        return {"app.py": example}
    found = sorted(path for path in example.rglob("*.py") if path.read_text(encoding="utf-8").strip())
    return {path.relative_to(example).as_posix(): path for path in found}


def list_examples(slot: str) -> dict[str, Path]:
    """List the examples of a slot, by option; those on Django alone come first."""
    found = {name.partition("/")[2]: path for name, path in find_examples().items() if name.startswith(f"{slot}/")}
    order = ["django", "fastapi", "plain", *SLOTS[slot].names] if slot in SLOTS else []
    return {name: found[name] for name in sorted(found, key=lambda each: order.index(each) if each in order else 99)}


def read_brought(folder: Path) -> dict[str, list[Path]]:
    """Read from ``BROUGHT.toml`` in the folder of a peer which of its files do the work of which slot."""
    table = tomllib.loads((folder / "BROUGHT.toml").read_text(encoding="utf-8"))["files"]
    return {
        part: sorted({path for pattern in patterns for path in folder.glob(pattern)})
        for part, patterns in table.items()
    }


def list_peers() -> list[str]:
    """List the names of the peers."""
    return sorted(path.parent.name for path in PEERS.glob("*/BROUGHT.toml"))


@cache
def list_sides(slot: str) -> dict[str, Side]:
    """List what can be compared for a slot: its adapters, its examples, and the files of each peer."""
    adapters = [Side(name, f"adapter {name}", _name_adapter(slot, name)) for name in SLOTS[slot].names]
    examples = [
        Side(f"{name}-example", f"example {name}", list_files(path)) for name, path in list_examples(slot).items()
    ]
    peers = [Side(f"{name}-peer", f"peer {name}", _list_brought(slot, PEERS / name)) for name in list_peers()]
    return {side.name: side for side in [*adapters, *examples, *peers] if side.files}


def find_side(slot: str, name: str) -> Side | None:
    """Find a side by its name. A name that is no option, such as ``django`` in ``login``, means the example."""
    sides = list_sides(slot) if slot in SLOTS else {}
    return sides.get(name) or sides.get(f"{name}-example")


def _name_adapter(slot: str, option: str) -> dict[str, Path]:
    """Name the files of an adapter. An adapter of one file counts as ``__init__.py``."""
    paths = find_source(slot, option)
    return {path.name if len(paths) > 1 else "__init__.py": path for path in paths}


def _list_brought(slot: str, folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in read_brought(folder).get(slot, [])}
