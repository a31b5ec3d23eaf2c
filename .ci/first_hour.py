"""Type what each stop of the first hour says, against a running server with demo data, and check what it shows.

python .ci/first_hour.py http://127.0.0.1:5000
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import assembly_required

CHAPTER = Path(assembly_required.__file__).with_name("reader") / "chapters" / "first_hour.md"
SHOWN = {
    1: ["/register", "/hash/<name>"],
    2: ["orm ", "docs_ui"],
    3: ['"articlesCount"', '"token":["is missing"]', "/api/tags", "/article/<slug>"],
    4: ["login  flask_login", "--- login/plain"],
    5: ["STACK_VALIDATION = 'plain'", "STACK_DOCS = 'flask_smorest'", "Set ", "stack bare", "stack classic"],
    6: ["SELECT", "LIMIT", "10 articles {'statements': 31} {'statements': 2}", "20 articles {'statements': 61}"],
    7: ['"username":"demo"', '"token":["is invalid"]', "payload"],
    8: ['"email":', '"password":', "here"],
    9: [" passed"],
    10: ["classic again", "statements"],
}
"""What the output of each stop must contain."""


def main(url: str) -> None:
    """Run the blocks of every stop in a shell. A command that does not end, such as flask run, is left out."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    _, *stops = re.split(r"^## (?=\d)", CHAPTER.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for number, stop in enumerate(stops, start=1):
        commands = "".join(re.findall(r"```sh\n(.*?)```", stop, re.DOTALL)).replace("http://127.0.0.1:5000", url)
        typed = re.sub(r"^flask run.*\n", "", commands, flags=re.MULTILINE)
        result = subprocess.run(["bash", "-c", typed], env=environment, capture_output=True, text=True, check=False)
        output = result.stdout + result.stderr
        missing = [text for text in SHOWN[number] if text not in output]
        if missing or "Traceback" in output:
            sys.exit(f"stop {number} of the first hour does not show {missing}:\n{typed}\n{output}")
    print("each stop of the first hour shows what it says")


main(sys.argv[1])
