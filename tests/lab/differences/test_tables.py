"""Test that the tables show what the libraries and this application really return."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from email.utils import getaddresses
from functools import cache
from types import ModuleType

import django
import pytest

from assembly_required.adapters.validation.plain import PlainValidation
from assembly_required.conduit.errors import Invalid
from assembly_required.conduit.limits import TITLE
from assembly_required.lab.differences import (
    docs,
    entry,
    forms,
    frameworks,
    hashing,
    limits,
    mail,
    tasks,
    tokens,
    validation,
)
from assembly_required.lab.differences.docs import flask_smorest, spectree
from assembly_required.lab.differences.frameworks import FRAMEWORKS, NO_ANSWER
from assembly_required.lab.differences.inputs import INPUTS, OVER_HTTP, Input
from assembly_required.lab.differences.table import Row, Table
from assembly_required.stack.interfaces import Loader
from assembly_required.stack.settings import Settings, read_settings
from assembly_required.stack.slots import SLOTS, Option
from tests.conftest import ROOT


def row(table: Table, name: str) -> Row:
    return next(each for each in table.rows if each.name == name)


@pytest.mark.parametrize("option", SLOTS["validation"].options, ids=lambda option: option.name)
def test_every_validation_library_runs_by_itself(option: Option) -> None:
    library = entry(SLOTS["validation"], option)
    assert not isinstance(library, str)
    for name, sent in [("NewArticle", b'{"article": {"title": "T", "description": "D", "body": "B"}}'), ("Page", {})]:
        assert validation.answer(library, Input("", name, sent)).verdict == "accepts"


def test_every_option_of_the_other_slots_has_its_entry() -> None:
    for option in SLOTS["docs"].options:
        assert option.name in docs.ONLY_DESCRIBES or not isinstance(entry(SLOTS["docs"], option), str)
    assert set(tokens.PARTS) == {*SLOTS["tokens"].names, *FRAMEWORKS}
    assert set(hashing.READ) == set(SLOTS["hashing"].names)
    assert set(limits.ALONE) == set(SLOTS["limits"].names)
    assert not [option.name for option in SLOTS["mail"].options if isinstance(entry(SLOTS["mail"], option), str)]
    assert not [option.name for option in SLOTS["tasks"].options if isinstance(entry(SLOTS["tasks"], option), str)]


MakeTable = Callable[[ModuleType], Table]


@pytest.fixture(scope="module")
def first_table(tmp_path_factory: pytest.TempPathFactory) -> MakeTable:
    """A function that returns the first table of a module. Each takes a while, so it is made once."""
    values = {"INSTANCE_PATH": str(tmp_path_factory.mktemp("tables")), "SCRYPT_COST": 6, "ARGON2_MEMORY": 8}
    settings = read_settings(values, ROOT)
    return cache(lambda module: module.tables(settings, iter)[0])


def test_names_of_inputs_are_unique() -> None:
    assert len({each.name for each in OVER_HTTP}) == len(OVER_HTTP)


def test_bad_input_by_library(settings: Settings) -> None:
    table, shapes = validation.tables(settings, iter)
    number = row(table, "a title that is a number").cells
    assert {name: cell.kind for name, cell in number.items()} == {
        "marshmallow": "refuses", "plain": "fails", "pydantic": "refuses", "msgspec": "refuses", "django": "accepts",
        "here": "refuses",
    }  # fmt: skip
    assert number["django"].text == "'1'"
    assert number["here"].raw == {"title": ["is invalid"]}
    assert f"<= {TITLE}" in row(table, "a title that is too long").cells["msgspec"].text
    assert row(table, "a field too many").differs == "verdict"
    assert row(table, "too many tags").differs in ("verdict", "words")
    assert row(shapes, "marshmallow").cells["answer"].raw["article"]["title"]


def test_the_findings_are_counted(settings: Settings) -> None:
    table, _ = validation.tables(settings, iter)
    apart = [each for each in table.rows if each.differs]
    assert table.findings[0].startswith(f"{len(apart)} of {len(INPUTS)} inputs are answered differently")
    assert table.findings[0].endswith("by this application, with any of them: 0.")
    bad = [each for each in table.rows if each.cells["here"].kind == "refuses"]
    accepted = sum(each.cells["msgspec"].kind == "accepts" for each in bad)
    assert f"msgspec: accepts {accepted} of the {len(bad)} inputs" in "\n".join(table.findings)


def test_a_difference_of_our_own_would_show(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def loader(self: PlainValidation, name: str) -> Loader:
        def load(data: object) -> dict[str, object]:
            raise Invalid({"title": ["is dull"]})

        return load

    monkeypatch.setattr(PlainValidation, "loader", loader)
    table, _ = validation.tables(settings, iter)
    assert not table.findings[0].endswith(": 0.")
    cell = row(table, "a title that is a number").cells["here"]
    assert cell.kind == "fails"
    assert "plain: refuses 422 title is dull" in cell.text


@pytest.mark.full
@pytest.mark.parametrize("module", [validation, docs, tokens, hashing, limits, forms, mail, tasks])
def test_an_option_that_is_not_installed_is_named(settings: Settings, module: object) -> None:
    slot = SLOTS[module.__name__.rpartition(".")[2]]  # type: ignore[attr-defined]
    gone = Option("gone_away", modules=("no_such_module",))
    (table, *_) = module.tables(settings, iter, replace(slot, options=(*slot.options[:1], gone)))  # type: ignore[attr-defined]
    missing = {"gone_away": f"not installed: {sys.executable} -m pip install -e '.[gone-away]'"}
    assert table.absent == missing | NO_ANSWER.get(slot.name, {})
    assert "gone_away" not in table.columns
    assert table.rows


def test_an_option_without_an_entry_says_what_to_write() -> None:
    assert entry(SLOTS["validation"], Option("attrs")) == (
        "not run: it has no example, write validation/attrs.py next to the others"
    )


@pytest.mark.full
def test_docs_libraries_by_status(settings: Settings) -> None:
    (table,) = docs.tables(settings, iter)
    assert table.absent["plain"] == docs.DESCRIBES
    kind = row(table, "a body of another content type").cells
    assert kind["here"].raw["status"] == 415
    assert kind["flask_smorest"].raw["status"] == 422
    body = json.loads(row(table, "no title").cells["flask_smorest"].raw["body"])
    assert body["errors"]["json"]["article"].keys() == {"title"}
    assert "0 are answered differently" in table.findings[-1]


def test_spectree_loses_malformed_json() -> None:
    outcomes = docs.answers(spectree.app())
    assert outcomes["malformed JSON"].raw["body"] == outcomes["no envelope"].raw["body"]
    assert outcomes["malformed JSON"].raw["status"] == 422
    assert json.loads(outcomes["no title"].raw["body"])[0]["loc"] == ["article", "title"]
    assert outcomes["a field too many"].verdict == "accepts"
    assert "fails" not in {each.verdict for each in outcomes.values()}


@pytest.mark.parametrize("library", [flask_smorest, spectree], ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_forgotten_content_type_looks_like_a_missing_field(library: ModuleType) -> None:
    article = json.dumps({"article": {"title": "T", "description": "D", "body": "B"}})
    client = library.app().test_client()
    answers = [client.post("/articles", data=article, content_type=each) for each in ("text/plain", "application/json")]
    assert [answer.status_code for answer in answers] == [422, 201]
    assert answers[0].text == client.post("/articles", json={}).text


@pytest.mark.full
@pytest.mark.parametrize(
    ("name", "rest_framework", "fastapi", "here"),
    [
        ("a title that is a number", 201, 422, 422),
        ("malformed JSON", 400, 422, 400),
        ("no title", 400, 422, 422),
        ("NaN", 400, 500, 400),
        ("a limit with a point", 200, 200, 422),
        ("a body of another content type", 415, 422, 415),
        ("a method that is not allowed", 405, 405, 405),
    ],
)
def test_other_frameworks_answer_in_their_own_way(
    first_table: MakeTable, name: str, rest_framework: int, fastapi: int, here: int
) -> None:
    status = {column: cell.raw["status"] for column, cell in row(first_table(docs), name).cells.items()}
    assert (status["rest_framework"], status["fastapi"], status["here"]) == (rest_framework, fastapi, here)


@pytest.mark.full
@pytest.mark.parametrize("module", [validation, docs, tokens, hashing, limits, forms, mail])
def test_every_framework_is_in_every_table_or_named_with_the_reason(first_table: MakeTable, module: ModuleType) -> None:
    table = first_table(module)
    shown = {*table.columns, *(each.name for each in table.rows)}
    without = NO_ANSWER.get(module.__name__.rpartition(".")[2], {})
    assert {*FRAMEWORKS} - shown == {*without}
    assert table.absent.items() >= without.items()


def test_a_framework_that_is_not_installed_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frameworks, "find_spec", lambda name: None)
    (table,) = tokens.tables(settings, iter)
    assert table.absent["fastapi"] == f"not installed: {sys.executable} -m pip install -e '.[peer-fastapi]'"
    assert not {*FRAMEWORKS} & {each.name for each in table.rows}


@pytest.mark.full
def test_frameworks_hash_with_their_own_costs(first_table: MakeTable) -> None:
    table = first_table(hashing)
    assert row(table, "rest_framework").cells["parameters"].raw["iterations"] > 600_000
    assert row(table, "fastapi").cells["parameters"].raw["method"] == "argon2id"
    assert row(table, "fastapi").cells["memory"].raw["bytes"] >= 2**26


@pytest.mark.full
def test_frameworks_issue_tokens_for_the_same_user(first_table: MakeTable) -> None:
    table = first_table(tokens)
    assert row(table, "fastapi").cells["payload"].raw.keys() == {"sub", "exp"}
    assert row(table, "fastapi").cells["payload"].raw["sub"] == "ana"
    opaque = row(table, "rest_framework").cells
    assert bytes.fromhex(opaque["token"].text)
    assert opaque["payload"] == tokens.OPAQUE


def test_limits_do_not_say_when_to_come_back(settings: Settings) -> None:
    (table,) = limits.tables(settings, iter)
    wait = {each.name: each.cells["Retry-After"].text for each in table.rows}
    assert wait == {"plain": "not sent", "flask_limiter": "not sent", "rest_framework": "60 s"}
    assert {each.cells["answer"].raw["status"] for each in table.rows} == {429}
    assert "3 per 1 minute" in row(table, "flask_limiter").cells["answer"].text


def test_forms_read_the_same_request_differently(first_table: MakeTable) -> None:
    table = first_table(forms)
    twice = row(table, "a field for a list twice").cells
    assert {name: cell.raw for name, cell in twice.items()} == {
        "flask_wtf": ["a", "b", "c"], "plain": ["a"], "django": ["b", "c"],
    }  # fmt: skip
    assert {name: cell.raw for name, cell in row(table, "a field twice").cells.items()} == {
        "flask_wtf": "T", "plain": "T", "django": "U",
    }  # fmt: skip
    assert row(table, "whitespace around a title").cells["flask_wtf"].raw == " T "
    nul = {name: cell.kind for name, cell in row(table, "NUL in a title").cells.items()}
    assert nul == {"flask_wtf": "accepts", "plain": "accepts", "django": "refuses"}


@pytest.mark.parametrize("name", ["no CSRF token", "a wrong CSRF token"])
def test_every_form_is_refused_without_its_token(first_table: MakeTable, name: str) -> None:
    status = {option: cell.raw["status"] for option, cell in row(first_table(forms), name).cells.items()}
    assert status == {"flask_wtf": 400, "plain": 400, "django": 403}


def test_every_form_escapes_what_it_shows_again(first_table: MakeTable) -> None:
    for cell in row(first_table(forms), "HTML in a value that is shown again").cells.values():
        assert cell.kind == "refuses"
        assert 'value="&lt;script&gt;' in cell.text
        assert "<script>" not in "".join(cell.raw["input"])


@pytest.mark.full
def test_what_becomes_of_a_letter(first_table: MakeTable) -> None:
    table = first_table(mail)
    kinds = {each.name: {cell.kind for cell in each.cells.values()} for each in table.rows}
    assert kinds["a line end in the subject"] == kinds["a line end in an address"] == {"refuses"}
    assert kinds["a server that is silent"] == {"fails"}
    assert kinds["a server that is silent, with a time limit"] == {"refuses"}
    assert {cell.text for cell in row(table, "text and HTML").cells.values()} == {
        "multipart/alternative; text/plain 7bit; text/html 7bit"
    }
    nobody = {name: cell.kind for name, cell in row(table, "no recipient").cells.items()}
    # Some versions of Python read an empty header "To" as one empty address, and send the letter to it.
    by_hand = "accepts" if getaddresses([""]) else "refuses"
    assert nobody == {"flask_mailman": "accepts", "plain": by_hand, "django": "accepts"}
    accented = row(table, "an address with a local part outside of ASCII").cells
    assert "SMTPUTF8" in accented["plain"].text
    refused = django.VERSION >= (6,)  # before, a wrong address was sent
    made_of_it = "local-part contains non-ASCII characters" if refused else "=?utf-8?q?j=C3=BCrgen?=@example.com"
    assert made_of_it in accented["django"].text


@pytest.mark.full
def test_tokens_are_taken_apart(settings: Settings) -> None:
    settings.add({"TOKEN_DAYS": 3}, "here")
    (table,) = tokens.tables(settings, iter)
    payload = row(table, "flask_jwt_extended").cells["payload"].raw
    assert (payload["sub"], payload["gen"]) == ("1", 0)
    assert payload["exp"] - payload["iat"] == 3 * 24 * 60 * 60
    plain = row(table, "plain").cells
    assert plain["payload"].raw == [1, 0]
    assert plain["signature"].raw == {"bytes": 20}
    assert plain["length"].raw == len(plain["token"].text)


@pytest.mark.full
def test_what_becomes_of_a_job(settings: Settings) -> None:
    (table,) = tasks.tables(settings, iter)
    attempts = {each.name: each.cells["raises twice"].raw["attempts"] for each in table.rows}
    kept = {each.name: each.cells["worker killed"].raw["runs again"] for each in table.rows}
    celery, retrying = "celery", "celery (autoretry_for, acks_late)"
    expected = {"plain": 1, "huey": 1, "huey (retries=2)": 3, celery: 1, retrying: 3}
    assert attempts == {name: expected[name] for name in attempts}
    assert attempts.keys() >= {"plain", "huey", "huey (retries=2)"}
    assert {name for name, again in kept.items() if again} == {retrying} & attempts.keys()
    assert "no later job runs" in row(table, "plain").cells["raises twice"].text
    assert "TaskException" in row(table, "huey").cells["raises twice"].text
    assert (celery in attempts) != (celery in table.absent)


def test_a_broker_that_is_away_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    library = entry(SLOTS["tasks"], SLOTS["tasks"].option("celery"))
    monkeypatch.setattr(library, "BROKER", ("127.0.0.1", 1))
    celery = replace(SLOTS["tasks"], options=(SLOTS["tasks"].option("celery"),))
    (table,) = tasks.tables(settings, iter, celery)
    assert table.absent == {"celery": "not run: RabbitMQ is not running at 127.0.0.1:1"}
