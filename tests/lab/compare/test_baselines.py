"""Test that all candidates have the same responses, data and statements."""

from pathlib import Path

import pytest

from assembly_required.lab.compare import data
from assembly_required.lab.compare.baselines import empty
from assembly_required.lab.compare.candidates import BASELINES, Candidate
from assembly_required.lab.compare.data import Data
from assembly_required.lab.compare.endpoints import Different, Endpoint, differences, endpoints, read_answer
from assembly_required.lab.compare.measure import compare_answers
from assembly_required.lab.compare.process import Process
from assembly_required.lab.compare.wsgi import Prepared, call
from tests.lab.compare.conftest import Seeded, Start

ANSWERING = [candidate for candidate in BASELINES if candidate.answers]
CLASSIC = BASELINES[0]
"""By hand, because it runs in this process; it is compared with the stack first."""


def by_name(candidate: Candidate) -> str:
    return candidate.module.rpartition(".")[2]


def test_the_first_baseline_answers_like_the_stack(classic: Candidate, provided: Data) -> None:
    asked = endpoints(provided.file, page=3)
    with Process(classic, provided) as one, Process(CLASSIC, provided) as other:
        one.sign_in()
        other.sign_in()
        compare_answers([one, other], asked)


@pytest.mark.parametrize("candidate", ANSWERING[1:], ids=by_name)
def test_the_others_answer_like_the_first(candidate: Candidate, database: Path, start: Start) -> None:
    running = [start(CLASSIC), start(candidate)]
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
    [each for each in BASELINES if by_name(each) in ("typed", "light", "fast", "bare", "lean")],
    ids=by_name,
)
@pytest.mark.parametrize(
    "body", [b'{"comment": {"body": " "}}', b'{"comment": {}}', b"{}"], ids=["blank", "absent", "empty"]
)
def test_the_careful_ones_refuse_alike(candidate: Candidate, body: bytes, database: Path, start: Start) -> None:
    posted = Endpoint("refused", "POST", endpoints(database)[-1].url, signed_in=True, body=body)
    expected, found = (read_answer(posted, *start(each).send(posted)) for each in (CLASSIC, candidate))
    assert expected["status"] == "422"
    assert list(differences(expected, found)) == []


def test_an_empty_flask_answers_everything_with_nothing(database: Path) -> None:
    app = empty.build(database, "key")
    for endpoint in endpoints(database):
        assert call(app, Prepared(endpoint.method, endpoint.url).environ()) == ("200 OK", b"{}\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bare", [4, 4, 2, 1, 1, 5]),
        ("floor", [4, 4, 2, 1, 1, 5]),
        ("classic", [4, 3, 2, 1, 1, 7]),  # entities: one more for a page with an article without tags
        ("light", [4, 3, 2, 1, 1, 5]),
        ("empty", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_statements_are_counted_whoever_sends_them(name: str, expected: list[int], provided: Data) -> None:
    (candidate,) = (each for each in BASELINES if by_name(each) == name)
    with Process(candidate, provided, watched=True) as process:
        process.sign_in()
        asked = [process.prepare(each) for each in endpoints(provided.file)]
        assert [process.ask("count_statements", request=each) for each in asked] == expected


@pytest.mark.full
def test_samples_are_counted_for_what_runs(provided: Data) -> None:
    parts = {}
    for each in BASELINES:
        if by_name(each) in ("classic", "fast", "floor", "empty"):
            with Process(each, provided, watched=True) as process:
                request = process.prepare(endpoints(provided.file)[0])
                parts[by_name(each)] = process.ask("sample", request=request, seconds=0.5)
    assert parts["floor"]["sql"] > parts["floor"].get("framework", 0)
    assert "orm" not in parts["floor"]
    assert parts["empty"]["framework"] > sum(parts["empty"].values()) / 2
    assert not {"sql", "orm"} & parts["empty"].keys()
    assert max(parts["classic"], key=parts["classic"].__getitem__) == "orm"
    assert parts["fast"]["serialization"] > 0  # by msgspec, which is written in C


def test_the_requests_are_taken_from_the_middle(database: Path) -> None:
    asked = endpoints(database, page=2)
    assert [each.name for each in asked] == ["list", "page 2", "by tag", "article", "user", "tags", "comment"]
    assert asked[1].url == "/api/articles?offset=20"


def test_the_first_difference_is_told(database: Path, start: Start) -> None:
    wrong = Candidate("wrong", "baseline", "tests.lab.compare.wrong:build")
    with pytest.raises(Different) as refused:
        compare_answers([start(CLASSIC), start(wrong)], endpoints(database))
    assert str(refused.value) == (
        "'wrong' answers GET /api/articles otherwise than 'classic by hand': "
        "body.articles[0].favorited is True, not False"
    )


def test_a_reference_that_refuses_is_told(start: Start) -> None:
    with pytest.raises(Different) as refused:
        compare_answers([start(CLASSIC)], [Endpoint("none", "GET", "/api/articles/nowhere")])
    assert str(refused.value) == (
        "'classic by hand' answers GET /api/articles/nowhere with 404: {'errors': {'article': ['not found']}}"
    )


def test_differences_of_all_kinds() -> None:
    one = {"a": 1, "b": [1, 2], "c": {"d": None}, "e": True}
    other = {"a": 1.0, "b": [1], "c": {}, "e": True, "f": "x"}
    assert list(differences(one, other)) == [
        "a is 1.0, not 1", "b has 1 items, not 2", "c.d is missing, not None", "f is 'x', not missing",
    ]  # fmt: skip


def test_seeded_data_is_made_once_and_anew_when_its_code_changes(
    seeded: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seeded()
    before = path.stat().st_ino
    assert seeded().stat().st_ino == before
    monkeypatch.setattr(data, "digest", lambda sources: "of-other-code")
    other = seeded()
    assert other != path
    assert not path.exists()
    assert not [each for each in path.parent.iterdir() if each.is_dir()]


def test_a_digest_changes_with_the_content(tmp_path: Path) -> None:
    file = tmp_path / "seed.py"
    file.write_text("1")
    before = data.digest([file])
    file.write_text("2")
    assert data.digest([file]) != before
