"""Adapters match the interface of their slot: mypy checks this project's, and names and signatures of external ones."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from assembly_required import create_app
from assembly_required.stack.assembly import Parts
from assembly_required.stack.interfaces import INTERFACES
from assembly_required.stack.slots import SLOTS, StackError
from tests.conftest import ROOT
from tests.wiring.shell import Shell

MAIL = """
from flask import Flask
from assembly_required.stack.interfaces import Mail

class Whole:
    def send(self, to: str, subject: str, text: str) -> None: ...

class Renamed:
    def sned(self, to: str, subject: str, text: str) -> None: ...

def build_whole(app: Flask) -> Mail:
    return Whole()

def build_renamed(app: Flask) -> Mail:
    return Renamed()
"""
HALF = """
class Tokens:
    def issue(self): ...

def build(app):
    return Tokens()
"""
SAID = (
    "does not fit the slot tokens:\n"
    "it has no attribute 'scheme'; its issue() cannot be called as issue(user); it has no caller().\n"
    "Change the adapter to match assembly_required.conduit.interfaces.Tokens, "
    "or set STACK_TOKENS to one of: plain, flask_jwt_extended, flask_httpauth."
)


def test_every_slot_has_a_part_and_an_interface_unless_it_only_adds_routes() -> None:
    assert {field.name for field in fields(Parts)} == set(SLOTS)
    assert set(INTERFACES) == set(SLOTS) - {"docs", "docs_ui", "admin"}


def test_mypy_refuses_an_adapter_with_a_renamed_method(tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text(MAIL)
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(tmp_path / "adapter.py")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert 'Incompatible return value type (got "Renamed", expected "Mail")' in found.stdout
    assert "Found 1 error in 1 file" in found.stdout


def test_every_build_of_this_project_names_its_interface() -> None:
    for slot, interface in INTERFACES.items():
        for option in SLOTS[slot].names:
            path = ROOT / "src" / "assembly_required" / "adapters" / slot / option
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            source = file.read_text()
            assert f") -> {interface.__name__}:" in source or f") -> interfaces.{interface.__name__}:" in source, file


@pytest.fixture
def half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The dotted path of an adapter that lacks most methods of its interface."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "half.py").write_text(HALF)
    monkeypatch.syspath_prepend(tmp_path)
    return "mine.half"


def test_an_app_refuses_an_incomplete_adapter_from_outside(tmp_path: Path, half: str) -> None:
    with pytest.raises(StackError) as raised:
        create_app({"INSTANCE_PATH": str(tmp_path), "STACK_TOKENS": half}, root=ROOT)
    assert raised.value.message.startswith(f"STACK_TOKENS = 'mine.half' (from the argument of create_app) {SAID}")


def test_check_and_set_refuse_it(tmp_path: Path, half: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
    shell = Shell(tmp_path)
    for command in ("check", "set"):
        ended = shell("stack", command, "tokens=mine.half")
        assert ended.returncode == 2
        assert SAID in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (tmp_path / "config.toml").exists()


@pytest.mark.usefixtures("half")
def test_an_adapter_whose_build_takes_other_arguments(tmp_path: Path) -> None:
    (tmp_path / "mine" / "bare.py").write_text("def build(): ...")
    with pytest.raises(StackError, match=r"its function build cannot be called with 1 argument\(s\)"):
        create_app({"INSTANCE_PATH": str(tmp_path), "STACK_TOKENS": "mine.bare"}, root=ROOT)
