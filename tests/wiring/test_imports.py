"""The direction of imports, and which modules a stack loads."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from tests.wiring.source import EXAMPLES, PACKAGE, PEERS, imports, modules, own_imports

LAYERS = [
    "examples",
    "conduit",
    "stack",
    "web",
    "adapters",
    "reader",
    "factory",
    "data",
    "checks",
    "lab",
    "cli",
    "workbench",
    "contract",
]
"""The parts of the package. A part imports only itself and those before it."""


def part(name: str) -> str:
    return name.removeprefix(f"{PACKAGE.name}.").split(".")[0]


def test_each_layer_imports_only_those_below_it() -> None:
    failures = [
        f"{name} imports {other}"
        for name, tree in modules().items()
        if name != PACKAGE.name
        for other in own_imports(name, tree)
        if other and LAYERS.index(part(other)) > LAYERS.index(part(name))
    ]  # fmt: skip
    assert failures == []


def test_no_adapter_imports_another() -> None:
    failures = [
        f"{name} imports {other}"
        for name, tree in modules(PACKAGE / "adapters").items()
        for other in own_imports(name, tree)
        if other.startswith("adapters.")
        and not other.startswith("adapters.shared")
        and other.split(".")[1:3] != name.split(".")[2:4]
    ]  # fmt: skip
    assert failures == []


def test_the_core_is_pure_python() -> None:
    failures = [
        f"{name} imports {other}"
        for name, tree in modules(PACKAGE / "conduit").items()
        for other in imports(name, tree)
        if other.split(".")[0] not in {*sys.stdlib_module_names, PACKAGE.name}
    ]  # fmt: skip
    assert failures == []


def test_examples_import_nothing_of_the_package() -> None:
    found = modules(EXAMPLES)
    assert found
    assert [name for name, tree in found.items() if [*own_imports(name, tree)]] == []


def test_peers_import_nothing_of_the_package() -> None:
    failures = [
        f"{name} imports {other}"
        for name, tree in modules(PEERS).items()
        for other in imports(name, tree)
        if other.split(".")[0] == PACKAGE.name and not other.startswith(f"{PACKAGE.name}.peers.")
    ]  # fmt: skip
    assert failures == []


def loaded(code: str) -> list[str]:
    """Run code in a new process and return the modules it has loaded."""
    report = "import json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    names: list[str] = json.loads(result.stdout)
    return names


def adapters_among(names: list[str]) -> Iterator[tuple[str, str]]:
    prefix = f"{PACKAGE.name}.adapters."
    for name in names:
        slot, _, option = name.removeprefix(prefix).partition(".")
        if name.startswith(prefix) and option and slot != "shared":
            yield slot, option.split(".")[0]


@pytest.mark.parametrize("stack", STACKS)
def test_only_chosen_adapters_are_loaded(stack: str, tmp_path: Path) -> None:
    config = {"STACK": stack, "INSTANCE_PATH": str(tmp_path)}
    names = loaded(f"from assembly_required import create_app; create_app({config!r})")
    assert not [name for name in names if name.startswith("assembly_required.lab.differences")]
    assert {*adapters_among(names)} == {
        (slot.name, STACKS[stack].get(slot.name, slot.names[0])) for slot in SLOTS.values()
    }  # fmt: skip


def test_the_table_and_the_commands_that_read_it_load_no_adapter() -> None:
    commands = ", ".join(
        f"assembly_required.cli.{name}" for name in ("stack", "user", "seed", "compare", "examples", "check")
    )
    names = loaded(f"import {commands}")
    assert [*adapters_among(names)] == []
    assert not [name for name in names if name.startswith("assembly_required.lab.differences")]


def test_every_option_has_a_module_and_every_module_an_option() -> None:
    there = {
        (path.parent.name, path.stem)
        for path in (PACKAGE / "adapters").glob("*/*")
        if path.parent.name != "shared" and not path.name.startswith("_")
    }  # fmt: skip
    assert there == {(slot.name, option.name) for slot in SLOTS.values() for option in slot.options}
