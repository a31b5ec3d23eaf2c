"""Helpers that read the source of the package."""

import ast
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "assembly_required"
EXAMPLES = PACKAGE / "examples"
PEERS = PACKAGE / "peers"


def modules(folder: Path = PACKAGE) -> dict[str, ast.Module]:
    """Return the syntax trees of a folder's modules by their absolute names. Examples and peers stand apart."""
    apart = {EXAMPLES, PEERS} - {folder}
    paths = [path for path in sorted(folder.rglob("*.py")) if not apart & {*path.parents}]
    return {name_of(path): ast.parse(path.read_text()) for path in paths}


def name_of(path: Path) -> str:
    """Return the absolute name of a module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, tree: ast.Module) -> Iterator[str]:
    """Return the absolute names that a module imports at run time, without those that only annotations need."""
    is_package = PACKAGE.parent.joinpath(*name.split("."), "__init__.py").exists()
    package = name if is_package else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module or ""
            for alias in node.names:
                inside = PACKAGE.parent / Path(*base.split("."), alias.name)
                yield f"{base}.{alias.name}" if inside.with_suffix(".py").exists() or inside.is_dir() else base


def own_imports(name: str, tree: ast.Module) -> Iterator[str]:
    """Return what a module imports from this package, without the package's name."""
    return (each.partition(".")[2] for each in imports(name, tree) if each.split(".")[0] == PACKAGE.name)
