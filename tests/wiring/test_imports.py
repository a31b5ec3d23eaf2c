"""Which way imports point, and what is loaded."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "assembly_required"

ALLOWED = {
    "conduit": {"conduit"},
    "interfaces": {"conduit"},
    "slots": set(),
    "stacks": set(),
    "settings": {"slots", "conduit"},
    "assembly": {"settings", "slots", "stacks", "interfaces"},
    "api": {"api", "conduit", "interfaces"},
    "adapters": {
        "adapters", "api", "conduit", "dberrors", "djangorequest", "djangosettings", "fingerprint", "hashes",
        "interfaces", "outbox", "postgresql", "sqlite",
    },
    "site": {"site", "conduit", "fingerprint", "interfaces", "outbox"},
    "sessions": {"api"},
    "httperrors": {"api", "conduit", "dberrors"},
    "firstrun": {"conduit", "interfaces", "settings", "sqlite"},
    "sqlite": set(),
    "postgresql": set(),
    "dberrors": {"conduit"},
    "djangosettings": set(),
    "djangorequest": {"djangosettings"},
    "fingerprint": set(),
    "outbox": set(),
    "hashes": set(),
    "demo": {"conduit", "interfaces"},
    "prose": set(),
    "seed": {"conduit", "interfaces", "prose"},
    "factory": {
        "api", "assembly", "conduit", "firstrun", "httperrors", "sessions", "settings", "site",
    },
    "sandbox": {"assembly", "factory", "firstrun", "settings"},
    "cli": {
        "api", "assembly", "cli", "compare", "conduit", "dberrors", "demo", "differences", "firstrun", "interfaces",
        "sandbox", "seed", "settings", "slots", "stacks",
    },
    "differences": {
        "api", "assembly", "conduit", "differences", "djangosettings", "interfaces", "sandbox", "settings", "slots",
    },
    "compare": {
        "adapters", "api", "assembly", "compare", "conduit", "factory", "firstrun", "interfaces", "seed", "settings",
        "slots", "sqlite",
    },
    "contract": {"assembly", "cli", "conduit", "contract", "sandbox", "settings", "slots", "stacks"},
    "__init__": {"factory"},
}  # fmt: skip
"""For each part of the package, the parts it may import."""

STANDARD = {*sys.stdlib_module_names}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The absolute names of what a module imports at run time: not what only its annotations need."""
    tree = ast.parse(path.read_text())
    package = name_of(path) if path.name == "__init__.py" else name_of(path).rpartition(".")[0]
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


def part(name: str) -> str:
    return [*name.split("."), "__init__"][1]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    ours = {part(name) for name in imports(path) if name.split(".")[0] == "assembly_required"}
    assert ours <= ALLOWED[part(name_of(path))]


@pytest.mark.parametrize("path", sorted((PACKAGE / "adapters").rglob("*.py")), ids=name_of)
def test_no_adapter_imports_another(path: Path) -> None:
    slot_and_option = name_of(path).split(".")[2:4]
    others = [
        name for name in imports(path)
        if name.startswith("assembly_required.adapters.") and name.split(".")[2:4] != slot_and_option
    ]  # fmt: skip
    assert others == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "conduit").rglob("*.py")), ids=name_of)
def test_the_core_is_pure_python(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path)} <= STANDARD | {"assembly_required"}


def loaded(code: str) -> list[str]:
    """The modules that a fresh process has loaded after some code."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    found: list[str] = json.loads(result.stdout)
    return found


def adapters_among(names: list[str]) -> set[tuple[str, str]]:
    prefix = "assembly_required.adapters."
    split = [name.removeprefix(prefix).split(".") for name in names if name.startswith(prefix)]
    return {(slot, option[0]) for slot, *option in split if option}


@pytest.mark.parametrize("stack", STACKS)
def test_only_chosen_adapters_are_loaded(stack: str, tmp_path: Path) -> None:
    config = {"STACK": stack, "INSTANCE_PATH": str(tmp_path)}
    names = loaded(f"from assembly_required import create_app; create_app({config!r})")
    assert not [name for name in names if name.startswith("assembly_required.lab.differences")]
    assert adapters_among(names) == {
        (slot.name, STACKS[stack].get(slot.name, slot.names[0])) for slot in SLOTS.values()
    }  # fmt: skip


def test_the_table_and_the_commands_that_read_it_load_no_adapter() -> None:
    commands = ", ".join(f"assembly_required.cli.{name}" for name in ("stack", "db", "user", "seed", "compare"))
    names = loaded(f"import {commands}")
    assert adapters_among(names) == set()
    assert not [name for name in names if name.startswith("assembly_required.lab.differences")]


def test_every_option_has_a_module_and_every_module_an_option() -> None:
    there = {
        (path.parent.name, path.stem)
        for path in (PACKAGE / "adapters").glob("*/*")
        if not path.name.startswith("_")
    }  # fmt: skip
    assert there == {(slot.name, option.name) for slot in SLOTS.values() for option in slot.options}
