"""The choice of options: defaults, automatic changes, conflicts, and the text of each error.

Most tests use a table of slots written for them. The others use the real table.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from assembly_required import create_app
from assembly_required.stack.assembly import choose
from assembly_required.stack.settings import Settings
from assembly_required.stack.slots import SLOTS, Need, Option, Slot, StackError
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT

MARSHMALLOW_ONLY = Need("validation", ("marshmallow",), "flask-smorest describes marshmallow schemas only.")
TYPED = Need("validation", ("pydantic", "msgspec"), "spectree describes pydantic models and msgspec structs.")

TABLE = {
    "orm": Slot("orm", "models", (Option("flask_sqlalchemy"), Option("peewee", modules=("a_module_nobody_has",)))),
    "validation": Slot(
        "validation", "serializers", (Option("marshmallow"), Option("pydantic"), Option("msgspec"), Option("plain"))
    ),
    "docs": Slot(
        "docs",
        "schema",
        (
            Option("flask_smorest", needs=(MARSHMALLOW_ONLY,)),
            Option("apispec"),
            Option("spectree", needs=(TYPED,)),
        ),
    ),
}
NAMED = {"classic": {}, "typed": {"validation": "pydantic", "docs": "spectree"}}


def settings(**layers: dict[str, str]) -> Settings:
    made = Settings(Path(), Path())
    for origin, layer in layers.items():
        made.add(layer, {"file": "instance/config.toml", "environment": "FLASK_{key}"}[origin])
    return made


def chosen(**layers: dict[str, str]) -> dict[str, tuple[str, str]]:
    choice = choose(settings(**layers), TABLE, NAMED)
    return {name: (each.option.name, each.why) for name, each in choice.items()}


def problems(**layers: dict[str, str]) -> list[str]:
    with pytest.raises(StackError) as raised:
        choose(settings(**layers), TABLE, NAMED)
    return raised.value.message.split("\n\n")


def test_without_any_choice_it_is_the_default_stack() -> None:
    assert chosen() == {
        "orm": ("flask_sqlalchemy", "stack classic"),
        "validation": ("marshmallow", "stack classic"),
        "docs": ("flask_smorest", "stack classic"),
    }


def test_a_named_stack_fills_every_slot() -> None:
    assert chosen(file={"STACK": "typed"}) == {
        "orm": ("flask_sqlalchemy", "stack typed"),
        "validation": ("pydantic", "stack typed"),
        "docs": ("spectree", "stack typed"),
    }


def test_a_slot_that_was_not_set_gives_way() -> None:
    found = chosen(environment={"STACK_VALIDATION": "pydantic"})
    assert found["validation"] == ("pydantic", "from FLASK_STACK_VALIDATION")
    assert found["docs"] == ("apispec", "because validation = pydantic")


def test_a_slot_of_a_named_stack_gives_way_too() -> None:
    found = chosen(file={"STACK": "typed", "STACK_VALIDATION": "marshmallow"})
    assert found["docs"] == ("flask_smorest", "because validation = marshmallow")


def test_the_slot_that_is_needed_gives_way_as_well() -> None:
    found = chosen(file={"STACK_DOCS": "spectree"})
    assert found["validation"] == ("pydantic", "because docs = spectree")


def test_a_default_stays_where_it_fits() -> None:
    assert chosen(file={"STACK_DOCS": "apispec"})["validation"] == ("marshmallow", "stack classic")


def test_an_unknown_stack() -> None:
    assert problems(file={"STACK": "clasic"}) == [
        "STACK = 'clasic' (from instance/config.toml) is not a named stack: "
        "choose one of classic, typed. Did you mean 'classic'?"
    ]


def test_an_unknown_option() -> None:
    assert problems(environment={"STACK_ORM": "peewe"}) == [
        "STACK_ORM = 'peewe' (from FLASK_STACK_ORM) is not an option of this slot: "
        "choose one of flask_sqlalchemy, peewee. Did you mean 'peewee'?"
    ]


def test_an_unknown_option_that_resembles_none() -> None:
    assert problems(environment={"STACK_ORM": "x"}) == [
        "STACK_ORM = 'x' (from FLASK_STACK_ORM) is not an option of this slot: choose one of flask_sqlalchemy, peewee."
    ]


def test_two_explicit_choices_that_do_not_fit() -> None:
    assert problems(file={"STACK_DOCS": "flask_smorest"}, environment={"STACK_VALIDATION": "pydantic"}) == [
        "STACK_DOCS = 'flask_smorest' (from instance/config.toml) does not fit "
        "STACK_VALIDATION = 'pydantic' (from FLASK_STACK_VALIDATION):\n"
        "flask-smorest describes marshmallow schemas only. Set STACK_VALIDATION to 'marshmallow', "
        "or STACK_DOCS to one of: apispec, spectree."
    ]


def test_a_misfit_with_several_ways_out() -> None:
    assert problems(file={"STACK_DOCS": "spectree", "STACK_VALIDATION": "plain"}) == [
        "STACK_DOCS = 'spectree' (from instance/config.toml) does not fit "
        "STACK_VALIDATION = 'plain' (from instance/config.toml):\n"
        "spectree describes pydantic models and msgspec structs. Set STACK_VALIDATION to one of: pydantic, msgspec, "
        "or STACK_DOCS to 'apispec'."
    ]


def test_an_option_that_is_not_installed() -> None:
    assert problems(file={"STACK_ORM": "peewee"}) == [
        "STACK_ORM = 'peewee' (from instance/config.toml) is not installed "
        "(no module named 'a_module_nobody_has'). "
        f"Run: {sys.executable} -m pip install -e '.[peewee]'"
    ]


def test_one_command_installs_a_whole_stack() -> None:
    gone = ("a_module_nobody_has",)
    table = {
        "orm": Slot("orm", "models", (Option("plain"), Option("peewee", modules=gone))),
        "docs": Slot("docs", "schema", (Option("plain"), Option("flask_docs", modules=gone))),
    }
    named: dict[str, dict[str, str]] = {"classic": {}, "light": {"orm": "peewee", "docs": "flask_docs"}}
    for layer, extras in (
        ({"STACK": "light"}, "light"),
        ({"STACK_ORM": "peewee", "STACK_DOCS": "flask_docs"}, "flask-docs,peewee"),
    ):
        with pytest.raises(StackError) as raised:
            choose(settings(file=layer), table, named)
        assert raised.value.message.count("Run: ") == 1
        assert raised.value.message.endswith(f"\nRun: {sys.executable} -m pip install -e '.[{extras}]'")


def test_all_errors_are_reported_at_once() -> None:
    layer = {"STACK_ORM": "x", "STACK_DOCS": "spectree", "STACK_VALIDATION": "plain"}
    assert len(problems(file=layer)) == 2


def app_error(tmp_path: Path, **config: Any) -> str:
    with pytest.raises(StackError) as raised:
        create_app({"INSTANCE_PATH": str(tmp_path), **config}, root=ROOT)
    return raised.value.message


def test_a_dotted_path_that_leads_nowhere(tmp_path: Path) -> None:
    assert app_error(tmp_path, STACK_TOKENS="nobody.has_this") == (
        "STACK_TOKENS = 'nobody.has_this' (from the argument of create_app) cannot be imported "
        "(no module named 'nobody').\n"
        "Install the package that contains it, or put it in the folder of wsgi.py, "
        "or choose one of plain, flask_jwt_extended, flask_httpauth."
    )


@pytest.mark.parametrize("path", [".", ".tokens", "tokens.", "a..b", "a b.c", "a/b.py"])
def test_what_is_no_dotted_path(tmp_path: Path, path: str) -> None:
    assert app_error(tmp_path, STACK_TOKENS=path).startswith(
        f"STACK_TOKENS = {path!r} (from the argument of create_app) is not an option of this slot: "
    )


def test_a_dotted_path_to_something_else(tmp_path: Path) -> None:
    assert app_error(tmp_path, STACK_TOKENS="importlib.metadata") == (
        "STACK_TOKENS = 'importlib.metadata' (from the argument of create_app) is not an adapter: "
        "it has no function 'build'.\n"
        "Write one as in assembly_required/adapters/tokens/, "
        "or choose one of plain, flask_jwt_extended, flask_httpauth."
    )


def test_the_fault_of_an_adapter_from_outside_stays_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "tokens.py").write_text("import a_module_nobody_has")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="a_module_nobody_has"):
        create_app({"INSTANCE_PATH": str(tmp_path), "STACK_TOKENS": "broken.tokens"}, root=ROOT)


@pytest.fixture
def needy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The dotted path of an external adapter that needs an option of another slot."""
    (tmp_path / "needy").mkdir()
    (tmp_path / "needy" / "tokens.py").write_text(
        "from assembly_required.stack.slots import Need\n"
        "needs = (Need('validation', ('plain',), 'It signs what is plain.'),)\n"
        "def build(app): ...\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return "needy.tokens"


def test_the_needs_of_an_adapter_from_outside_are_checked(tmp_path: Path, needy: str) -> None:
    assert app_error(tmp_path, STACK_TOKENS=needy, STACK_VALIDATION="marshmallow") == (
        "STACK_TOKENS = 'needy.tokens' (from the argument of create_app) does not fit "
        "STACK_VALIDATION = 'marshmallow' (from the argument of create_app):\n"
        "It signs what is plain. Set STACK_VALIDATION to 'plain', "
        "or STACK_TOKENS to one of: plain, flask_jwt_extended, flask_httpauth."
    )


def test_a_slot_that_was_not_set_gives_way_to_an_adapter_from_outside(needy: str) -> None:
    found = choose(settings(file={"STACK_TOKENS": needy}))
    assert {name: (found[name].option.name, found[name].why) for name in ("validation", "docs")} == {
        "validation": ("plain", "because tokens = needy.tokens"),
        "docs": ("plain", "because validation = plain"),
    }


def test_what_does_not_fit_an_adapter_from_outside_gives_way() -> None:
    found = choose(settings(environment={"STACK_VALIDATION": "elsewhere.cattrs_validation"}))
    assert (found["docs"].option.name, found["docs"].why) == (
        "plain",
        "because validation = elsewhere.cattrs_validation",
    )


def test_an_adapter_from_outside_does_not_fit_everything(tmp_path: Path) -> None:
    said = app_error(tmp_path, STACK_VALIDATION="elsewhere.cattrs_validation", STACK_DOCS="flask_smorest")
    assert "flask-smorest describes marshmallow schemas only. Set STACK_VALIDATION to 'marshmallow'" in said


def test_an_error_is_reported_if_nothing_fits() -> None:
    table = {**TABLE, "docs": Slot("docs", "schema", (Option("flask_smorest", needs=(MARSHMALLOW_ONLY,)),))}
    with pytest.raises(StackError) as raised:
        choose(settings(file={"STACK_VALIDATION": "plain"}), table, NAMED)
    assert raised.value.message == (
        "No stack has STACK_VALIDATION = 'plain':\n"
        "for at least one of the other slots, no option fits. "
        "Run 'flask stack options' to see the needs of each option, and remove or change one of these keys."
    )


def test_the_real_table_gives_way_too() -> None:
    found = choose(settings(environment={"STACK_VALIDATION": "plain"}))
    assert (found["docs"].option.name, found["docs"].why) == ("plain", "because validation = plain")


def test_stacks_and_couplings_name_what_is_there() -> None:
    for choices in STACKS.values():
        assert all(option in SLOTS[slot].names for slot, option in choices.items())
    for slot in SLOTS.values():
        for option in slot.options:
            assert all(set(need.among) <= set(SLOTS[need.slot].names) for need in option.needs)


@pytest.mark.parametrize("stack", STACKS)
def test_every_named_stack_holds(stack: str) -> None:
    made = Settings(Path(), Path())
    made.add({"STACK": stack}, "a test")
    assert {name: chosen.option.name for name, chosen in choose(made).items()} == {
        name: STACKS[stack].get(name, slot.names[0]) for name, slot in SLOTS.items()
    }
