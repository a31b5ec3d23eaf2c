"""The packages and the lines of code of candidates."""

import pytest

from assembly_required.lab.compare.candidates import BASELINES, Candidate, control, peer, stack
from assembly_required.lab.compare.weights import count_peer_lines, find_versions, weigh
from assembly_required.lab.peers import PEERS
from assembly_required.stack.settings import Settings


def test_a_stack_installs_flask_and_what_its_options_need(classic: Candidate, settings: Settings) -> None:
    weight = weigh(classic)
    assert weight
    assert {"flask", "werkzeug", "flask-sqlalchemy", "sqlalchemy", "marshmallow"} <= weight.packages.keys()
    assert "assembly-required" not in weight.packages
    bare = weigh(stack("bare", {"STACK": "bare"}, settings))
    assert bare
    assert bare.packages.keys() < weight.packages.keys()
    assert bare.megabytes < weight.megabytes
    assert "sqlalchemy" not in bare.packages


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_installs_its_extra(name: str) -> None:
    weight = weigh(peer(name))
    assert weight
    assert {"django": "django", "fastapi": "starlette", "fastapi_async": "aiosqlite"}[name] in weight.packages
    assert "flask" not in weight.packages
    assert find_versions([weight]).keys() == weight.packages.keys()


def test_the_database_is_counted_for_all(classic: Candidate) -> None:
    for each in (classic, peer("django")):
        weight = weigh(each, "postgresql")
        assert weight
        assert "psycopg" in weight.packages


def test_the_lines_of_a_peer_that_shares_code_include_what_it_does_not_replace() -> None:
    assert count_peer_lines("fastapi_async") > count_peer_lines("fastapi") / 2
    assert weigh(BASELINES[0]) is None


def test_the_control_is_not_weighed_again(classic: Candidate) -> None:
    assert weigh(control(classic)) is None
