"""Test that all candidates have the same responses, data and statements."""

from pathlib import Path

import pytest

from assembly_required.lab.compare import data, statements
from assembly_required.lab.compare.baselines import empty
from assembly_required.lab.compare.candidates import BASELINES, Candidate
from assembly_required.lab.compare.endpoints import Different, Endpoint, answer, caller, differences, endpoints
from assembly_required.lab.compare.measure import compare_answers
from assembly_required.lab.compare.wsgi import Prepared, call
from tests.lab.compare.conftest import Seeded, Start

ANSWERING = [candidate for candidate in BASELINES if candidate.answers]


def by_name(candidate: Candidate) -> str:
    return candidate.module.rpartition(".")[2]


@pytest.mark.parametrize("candidate", ANSWERING, ids=by_name)
def test_a_baseline_answers_like_classic(
    candidate: Candidate, classic: Candidate, database: Path, start: Start
) -> None:
    running = [start(classic), start(candidate)]
    compare_answers(running, endpoints(database, page=3))
    by_half = "/api/articles?limit=7&offset=11"
    compare_answers(running, [Endpoint("half", "GET", by_half), Endpoint("seen", "GET", by_half, signed_in=True)])


@pytest.mark.parametrize("candidate", ANSWERING, ids=by_name)
def test_a_baseline_refuses_an_unknown_article_and_a_forged_token(candidate: Candidate, start: Start) -> None:
    running = start(candidate)
    assert call(running.app, Prepared("GET", "/api/articles/nowhere").environ())[0].startswith("404")
    assert call(running.app, Prepared("GET", "/api/user", "forged").environ())[0].startswith("401")
    assert call(running.app, Prepared("GET", "/api/user").environ())[0].startswith("401")


@pytest.mark.parametrize(
    "candidate",
    [each for each in BASELINES if by_name(each) in ("classic", "typed", "light", "fast", "bare", "lean")],
    ids=by_name,
)
@pytest.mark.parametrize(
    "body", [b'{"comment": {"body": " "}}', b'{"comment": {}}', b"{}"], ids=["blank", "absent", "empty"]
)
def test_the_careful_ones_refuse_like_classic(
    candidate: Candidate, body: bytes, classic: Candidate, database: Path, start: Start
) -> None:
    url = endpoints(database)[-1].url
    posted = Endpoint("refused", "POST", url, signed_in=True, body=body)
    running = [start(classic), start(candidate)]
    expected, found = (answer(each.app, posted, each.token) for each in running)
    assert expected["status"] == "422"
    assert list(differences(expected, found)) == []


def test_an_empty_flask_answers_everything_with_nothing(database: Path) -> None:
    app = empty.build(database, "key")
    for endpoint in endpoints(database):
        assert call(app, endpoint.prepare("token").environ()) == ("200 OK", b"{}\n")


def test_statements_are_counted_whoever_sends_them(classic: Candidate, database: Path) -> None:
    candidates = [classic, *BASELINES]
    asked = endpoints(database)
    counts = statements.count(candidates, asked, database, data.SECRET_KEY, caller(database))
    found = dict(zip([by_name(each) for each in candidates], counts, strict=True))
    for name in ("bare", "lean", "floor"):
        assert found[name] == [4, 4, 2, 1, 1, 5], name
    for name in ("stacked", "classic"):  # entities: one more statement for a page with an article without tags
        assert found[name] == [4, 3, 2, 1, 1, 7], name
    assert found["tutorial"][0] == 5
    assert found["empty"] == [0, 0, 0, 0, 0, 0]


def test_the_requests_are_taken_from_the_middle(database: Path) -> None:
    asked = endpoints(database, page=2)
    assert [each.name for each in asked] == ["list", "page 2", "by tag", "article", "user", "tags", "comment"]
    assert asked[1].url == "/api/articles?offset=20"


def test_the_first_difference_is_told(classic: Candidate, database: Path, start: Start) -> None:
    wrong = Candidate("wrong", "baseline", "tests.lab.compare.wrong")
    with pytest.raises(Different) as refused:
        compare_answers([start(classic), start(wrong)], endpoints(database))
    assert str(refused.value) == (
        "'wrong' answers GET /api/articles otherwise than 'classic': body.articles[0].favorited is True, not False"
    )


def test_a_reference_that_refuses_is_told(classic: Candidate, start: Start) -> None:
    with pytest.raises(Different) as refused:
        compare_answers([start(classic)], [Endpoint("none", "GET", "/api/nothing")])
    assert str(refused.value) == ("'classic' answers GET /api/nothing with 404: {'errors': {'request': ['not found']}}")


def test_differences_of_all_kinds() -> None:
    one = {"a": 1, "b": [1, 2], "c": {"d": None}, "e": True}
    other = {"a": 1.0, "b": [1], "c": {}, "e": True, "f": "x"}
    assert list(differences(one, other)) == [
        "a is 1.0, not 1", "b has 1 items, not 2", "c.d is missing, not None", "f is 'x', not missing",
    ]  # fmt: skip


def test_seeded_data_is_made_once_and_anew_when_it_is_old(seeded: Seeded) -> None:
    path = seeded()
    before = path.stat().st_ino
    assert seeded().stat().st_ino == before
    path.write_bytes(b"")
    assert seeded().stat().st_size > 0
    assert not [each for each in path.parent.iterdir() if each.is_dir()]
