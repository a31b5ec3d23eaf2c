"""The project's own files agree with the table of slots."""

import re
import tomllib

from assembly_required.lab.peers import PEERS
from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS
from tests import lanes
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def name(requirement: str) -> str:
    return re.split(r"[<>=\[ ]", requirement, maxsplit=1)[0]


def test_every_option_that_needs_packages_has_an_extra() -> None:
    needing = {option.extra for slot in SLOTS.values() for option in slot.options if option.modules}
    peers = {peer.extra for peer in PEERS.values()}
    assert needing | peers | {"postgresql", "serve", "zxcvbn", "all", "test", *STACKS} == set(
        PROJECT["optional-dependencies"]
    )


def test_all_names_every_extra_that_is_not_installed_anyway() -> None:
    extras = PROJECT["optional-dependencies"]
    more = {name for name in extras if not set(extras[name]) <= set(PROJECT["dependencies"])} - {
        "all",
        "serve",
        "test",
        *(set(STACKS) - {"django"}),
        *(peer.extra for peer in PEERS.values()),
    }
    assert extras["all"] == [f"assembly-required[{','.join(sorted(more))}]"]


def test_the_extra_of_a_stack_installs_all_its_options() -> None:
    extras = PROJECT["optional-dependencies"]
    for stack, choices in STACKS.items():
        nested = [extra for each in extras[stack] for extra in re.findall(r"\w[\w-]*", each.partition("[")[2])]
        installed = {each for extra in [stack, *nested] for each in extras.get(extra, [])} | set(
            PROJECT["dependencies"]
        )
        for slot, name_ in choices.items():
            option = SLOTS[slot].option(name_)
            if option.modules:
                assert set(extras[option.extra]) <= installed, (stack, option.name)


def test_the_packages_of_the_default_options_are_installed_without_an_extra() -> None:
    for slot in SLOTS.values():
        if slot.options[0].modules:
            assert set(PROJECT["optional-dependencies"][slot.options[0].extra]) <= set(PROJECT["dependencies"])


def test_every_requirement_has_a_lower_and_an_upper_bound() -> None:
    extras = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
    for requirement in PROJECT["dependencies"] + [each for each in extras if name(each) != "assembly-required"]:
        assert ">=" in requirement, requirement
        assert "<" in requirement or "types-" in requirement or "-stubs" in requirement, requirement


def test_nothing_of_an_installation_is_under_version_control() -> None:
    assert "instance/*\n!instance/config.example.toml" in (ROOT / ".gitignore").read_text()


def test_each_test_that_has_a_lane_of_its_own_is_there() -> None:
    named = [*lanes.FULL, *lanes.FULL_ON_POSTGRESQL, *lanes.QUICK, *lanes.NOT_QUICK]
    assert [path for path in named if not (ROOT / path).exists()] == []
