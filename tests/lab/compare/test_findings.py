"""The rules that turn figures into sentences."""

from typing import Any

import pytest

from assembly_required.lab.compare.findings import RULES, find


def ratio(middle: float, spread: float = 0.01) -> dict[str, float]:
    return {"ratio": middle, "low": middle - spread, "high": middle + spread}


def candidate(name: str, kind: str, middle: float, spread: float = 0.01, **others: Any) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "tuned": False,
        "requests": ratio(middle, spread),
        "endpoints": {"list": ratio(middle, spread), "user": ratio(middle, spread)},
        "compared_with": {},
        "shares": None,
        **others,
    }


def results(*candidates: dict[str, Any], noise: float = 0.02) -> dict[str, Any]:
    reference = candidate("classic", "stack", 1, 0, shares=SHARES)
    control = candidate("classic again", "control", 1, noise)
    return {"reference": "classic", "candidates": [reference, control, *candidates]}


SHARES = {"sql": 0.1, "orm": 0.5, "serialization": 0.2, "framework": 0.15, "ours": 0.05}


def sentences(rule: str, found: dict[str, Any]) -> list[str]:
    return [each["sentence"] for each in find(found) if each["rule"] == rule]


def test_the_largest_part_is_named_with_all_candidates_that_share_it() -> None:
    bare = candidate("bare", "stack", 0.2, shares={**SHARES, "orm": 0, "ours": 0.55})
    fast = candidate("fast", "stack", 0.3, tuned=True, shares=SHARES)
    assert sentences("largest part", results(bare, fast)) == [
        "Of a list request, the ORM takes the largest part of the CPU time in classic (50%) and fast (tuned) (50%).",
        "Of a list request, the application's own code takes the largest part of the CPU time in bare (55%).",
    ]


def test_what_a_slot_can_save_is_its_share() -> None:
    assert sentences("most to gain", results()) == [
        "In classic, another option of orm can save at most 60% of the CPU time of a list, another option of "
        "validation at most 20%."
    ]


def test_without_an_orm_the_share_says_nothing_about_the_slot() -> None:
    found = results()
    found["candidates"][0]["shares"] = {**SHARES, "orm": 0, "ours": 0.55}
    assert sentences("most to gain", found) == []


@pytest.mark.parametrize("middle", [0.985, 1.0, 1.015])
def test_what_the_control_cannot_tell_is_no_difference(middle: float) -> None:
    found = results(candidate("orm=peewee", "choice", middle))
    assert sentences("no measurable difference", found) == [
        "There is no measurable difference in CPU time between classic and orm=peewee, all requests together."
    ]
    assert sentences("changed option", found) == []


def test_a_range_around_one_is_no_difference() -> None:
    found = results(candidate("orm=peewee", "choice", 1.1, spread=0.2))
    assert len(sentences("no measurable difference", found)) == 1
    assert sentences("changed option", found) == []


def test_a_changed_option_that_is_measurable_is_told() -> None:
    found = results(candidate("orm=peewee", "choice", 0.7))
    assert sentences("changed option", found) == [
        "orm=peewee takes 0.70 times (0.69 to 0.71) the CPU time of classic, all requests together; "
        "a list takes 0.70 times (0.69 to 0.71)."
    ]
    assert sentences("no measurable difference", found) == []


def test_endpoints_on_which_a_stack_is_slower_than_a_peer_are_named() -> None:
    compared = {"requests": ratio(1), "endpoints": {"list": ratio(1.01), "user": ratio(1.3)}}
    typed = candidate("typed", "stack", 1.1, compared_with={"peer=fastapi": compared})
    found = results(typed, candidate("peer=fastapi", "peer", 1))
    assert sentences("slower than a peer", found) == [
        "typed is slower than peer=fastapi on user (1.30 times (1.29 to 1.31))."
    ]
    assert sentences("compared with a peer", found) == [
        "Compared with the CPU time of a list on peer=fastapi, typed takes 1.01 times (1.00 to 1.02)."
    ]


def test_what_the_slots_cost_is_compared_with_the_same_by_hand() -> None:
    compared = {"requests": ratio(1.2), "endpoints": {}}
    light = candidate("light", "stack", 0.5, compared_with={"light by hand": compared})
    assert sentences("cost of the slots", results(light)) == [
        "The slots: the requests of light take 1.20 times (1.19 to 1.21) the CPU time of the same packages without "
        "slots."
    ]


def test_a_busy_machine_is_told() -> None:
    assert sentences("busy machine", results(noise=0.02)) == []
    (said,) = sentences("busy machine", results(noise=0.12))
    assert said.startswith("The control differs from classic by up to 12%")


def test_each_rule_has_a_name_and_a_condition() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.condition for rule in RULES)
