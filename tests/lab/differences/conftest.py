"""The settings of an installation with all defaults."""

from pathlib import Path

import pytest

from assembly_required.stack.settings import Settings, read_settings
from tests.conftest import ROOT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    cheap = {"SCRYPT_COST": 6, "ARGON2_MEMORY": 8, "PBKDF2_ITERATIONS": 2}
    return read_settings({"INSTANCE_PATH": str(tmp_path), **cheap}, ROOT)
