"""Where the defaults alone are installed, every option that needs more is refused with what to type; no other is."""

import re
import subprocess
import sys
from pathlib import Path

from assembly_required.stack.slots import SLOTS

FLASK = Path(sys.executable).with_name("flask")

refused = []
for slot in SLOTS.values():
    for option in slot.options:
        choice = f"{slot.name}={option.name}"
        check = subprocess.run([FLASK, "stack", "check", choice], capture_output=True, text=True)
        if not option.missing():
            assert check.returncode == 0, f"{choice}: {check.stderr}"
            continue
        assert check.returncode == 2, f"{choice}: {check.returncode}\n{check.stderr}"
        hint = re.search(r"Run: .+ -m pip install -e '\.\[(.+)\]'", check.stderr)
        assert hint, f"{choice}: {check.stderr}"
        assert option.extra in hint[1].split(","), f"{choice}: {check.stderr}"
        assert "Traceback" not in check.stderr, choice
        refused.append(choice)
assert refused, "nothing was refused: more than the defaults is installed"
print(f"refused, with the line that installs them: {', '.join(refused)}")
