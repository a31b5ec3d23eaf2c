"""The README and the chapters are correct. The README's long commands are run by .ci/run, which reads them from it."""

import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
from flask.cli import FlaskGroup

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import People
from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp

README = (ROOT / "README.md").read_text()
CHAPTERS = sorted((ROOT / "src/assembly_required/reader/chapters").glob("*.md"))
CHAPTER = {path.stem: path.read_text() for path in CHAPTERS}
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("command", [line for line in COMMANDS if "flask stack" in line])
def test_a_short_command_works(command: str, tmp_path: Path) -> None:
    words = command.replace(".venv/bin/flask", str(Path(sys.executable).with_name("flask")))
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path)}
    result = subprocess.run(  # noqa: S602
        words, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_every_command_is_run_by_ci_or_here() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    needles = re.findall(r"readme ['\"]+(.+?)['\"]", ci)
    assert all(any(needle in line for needle in needles) for line in COMMANDS)


def test_set_up_and_test_are_one_line_each() -> None:
    assert sum("pip install -e ." in line and "flask run" in line for line in COMMANDS) == 1
    assert sum("'.[test]'" in line and line.endswith("pytest") for line in COMMANDS) == 1


def test_the_table_of_slots_is_the_table_of_slots() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    assert {name: (stands.replace("`", ""), options) for name, stands, options in rows} == {
        slot.name: (slot.stands_for, ", ".join(f"`{name}`" for name in slot.names)) for slot in SLOTS.values()
    }


def test_the_demo_user_is_the_one_it_names() -> None:
    assert f"Sign in as `{demo.EMAIL}` with the password `{demo.PASSWORD}`" in README


def test_the_keys_it_names_are_keys() -> None:
    named = set(re.findall(r"^`?([A-Z_]{4,}) = |`([A-Z_]{4,}) = ", "\n".join(CHAPTER.values()), re.MULTILINE))
    named = {first or second for first, second in named}
    assert named
    assert named <= KEYS.keys()


@pytest.mark.parametrize("page", [ROOT / "README.md", *CHAPTERS], ids=lambda path: path.stem)
def test_the_files_it_links_to_are_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not missing


def test_every_chapter_is_linked_from_the_readme() -> None:
    linked = re.findall(r"\(src/assembly_required/reader/chapters/(\w+)\.md\)", README)
    assert sorted(linked) == sorted(CHAPTER)


@pytest.mark.parametrize("name", ["home.png", "workbench.png"])
def test_a_screenshot_is_small(name: str) -> None:
    assert (ROOT / "docs" / name).stat().st_size < 200_000


def is_example(path: Path) -> bool:
    examples = ROOT / "src/assembly_required/examples"
    return examples in path.parents and path != examples / "__init__.py"


def test_the_tour_names_every_module_once_and_links_to_it() -> None:
    stops = re.findall(r"^- \[`([\w.]+)`\]\((.+?)\): .+\.$", CHAPTER["tour"], re.MULTILINE)
    folder = ROOT / "src/assembly_required"
    modules = [
        path.relative_to(folder)
        for path in folder.rglob("*.py")
        if path != folder / "__init__.py" and not is_example(path) and folder / "peers" not in path.parents
    ]
    names = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): f"../../{path}" for path in modules}
    assert sorted(stops) == sorted(names.items())


def test_the_first_hour_has_ten_stops_with_something_to_type() -> None:
    _, *stops = re.split(r"^## (?=\d)", CHAPTER["first_hour"], flags=re.MULTILINE)
    assert [stop.split(".")[0] for stop in stops] == [str(number) for number in range(1, 11)]
    assert all("```sh\n" in stop and "ou see" in stop for stop in stops)


@pytest.mark.parametrize("name", CHAPTER)
def test_the_commands_of_a_chapter_exist(name: str, make_app: MakeApp) -> None:
    """Each ``flask`` command that a sentence or a table names is one of ours, of Flask, or of the app."""
    commands = {each.name: each.load() for each in entry_points(group="flask.commands")} | make_app().cli.commands
    group = FlaskGroup(load_dotenv=False)
    for line in re.findall(
        r"\bflask ((?:[a-z]+ ?)+)",
        "\n".join(re.findall(r"`[^`\n]+`|^(?:\.venv|flask ).+$", CHAPTER[name], re.MULTILINE)),
    ):
        first, *rest = line.split()
        command = commands.get(first) or group.commands.get(first)
        assert command, line
        if isinstance(command, click.Group) and rest:
            assert rest[0] in command.commands, line


(ADAPTER,) = re.findall(r"```python\n(.*?)```", CHAPTER["adapter"], re.DOTALL)


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    """A folder with the adapter from the chapter."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tokens.py").write_text(ADAPTER)
    return tmp_path


@pytest.mark.full
def test_the_adapter_it_shows_keeps_the_contract(adapter: Path) -> None:
    (named,) = re.findall(r"^\.venv/bin/pytest (--stack tokens=mine\.tokens .+)$", CHAPTER["adapter"], re.MULTILINE)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *named.split()]
    paths = [str(adapter), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed
    assert int(passed[1]) > 100


def test_the_adapter_it_shows_tells_users_apart(
    adapter: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(adapter)
    app = make_app(STACK_TOKENS="mine.tokens")
    assert type(assembled(app).tokens).__name__ == "SignedTokens"
    people = People(Client(in_process(app)))
    for user in (people.new(), people.new()):
        assert ok(people.log_in(user.email))["user"]["token"] == user.token
        assert ok(user.get("/user"))["user"]["username"] == user.username
        expect_error(Client(user.send, f"{user.token}x").get("/user"), 401, token="is invalid")
