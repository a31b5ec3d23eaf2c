"""The tables that lead from other frameworks to here: every reference leads to what it names."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from assembly_required.reader.lookup import LABELS, list_builtins
from assembly_required.reader.prose import ROOT, ChapterError
from assembly_required.reader.references import find_anchor, find_file, read_table, refer
from assembly_required.reader.searching import rank, read_index, search
from assembly_required.reader.sections import find
from assembly_required.reader.side_by_side import Cell, find_stacks, list_cells, list_questions
from assembly_required.stack.slots import SLOTS
from assembly_required.stack.stacks import STACKS

pytestmark = pytest.mark.usefixtures("context")

LISTS = ["from_django", "from_fastapi"]

CODE = re.compile(r"`([^`…]+)`")


def read_source(reference: str) -> str:
    """The lines to which a reference leads; for a slot, a chapter or a test, there is more than that to say."""
    name, _, definition = reference.partition(":")
    path = find_file(name) or find_file(f"reader/chapters/{name}.md")
    text = path.read_text() if path else name
    section = find(text, definition) if definition else None
    return "\n".join(text.splitlines()[section.start - 1 : section.end]) if section else text


@pytest.mark.parametrize("table", LISTS)
def test_every_row_says_how_and_leads_somewhere(table: str) -> None:
    rows = [*list_builtins(table)]
    for row in rows:
        assert row.by in LABELS, row.name
        assert row.says.endswith("."), row.name
        assert row.references, row.name
    anchors = [row.anchor for row in rows]
    assert len(anchors) == len({*anchors})


@pytest.mark.parametrize("table", LISTS)
def test_who_does_a_job_is_what_the_references_show(table: str) -> None:
    for row in list_builtins(table):
        slots = [text for text in row.see if text.partition("=")[0] in SLOTS or text.startswith("adapters/")]
        assert slots or row.by != "slot", f"{row.name} is said to be a slot, but refers to none"


def test_what_a_cell_shows_as_code_is_in_the_code_to_which_it_leads() -> None:
    for ask, cell in list_cells():
        source = "\n".join(map(read_source, cell.see))
        missing = [word for word in CODE.findall(cell.says) if word not in source]
        assert not missing, (ask, cell.says, cell.see)


def test_every_answer_shows_code_or_a_test() -> None:
    for ask, cell in list_cells():
        derived = ask.strip("`") in SLOTS
        assert derived or CODE.search(cell.says) or any("test_" in text for text in cell.see), (ask, cell)


def test_a_question_about_a_slot_answers_for_its_options_and_every_stack_has_one() -> None:
    for rows in read_table("side_by_side").values():
        for row in rows:
            assert isinstance(row["flask"], dict) == ("slot" in row), row["ask"]
            if "slot" in row:
                assert {*row["flask"]} <= {*SLOTS[row["slot"]].names}, row["ask"]
    for questions in list_questions().values():
        for question in questions:
            stacks = [stack for cell in question.answers["flask"] for stack in cell.stacks]
            assert len(stacks) == len({*stacks}), question.ask


def test_there_is_one_question_for_each_slot_and_all_stacks_answer_it() -> None:
    derived = next(iter(list_questions().values()))
    assert [question.ask for question in derived] == [f"`{slot}`" for slot in SLOTS]
    for question in derived:
        assert {stack for cell in question.answers["flask"] for stack in cell.stacks} == {*STACKS}


def test_a_stack_has_the_option_that_it_lists_or_the_first() -> None:
    assert find_stacks(SLOTS["orm"], "django") == ("django",)
    assert find_stacks(SLOTS["migrations"], "flask_migrate") == ("classic", "typed", "light", "fast", "django")


def test_the_pages_show_every_row(client: FlaskClient) -> None:
    for table in LISTS:
        page = client.get(f"/tutorial/{table}/").text
        for row in list_builtins(table):
            assert f'id="{row.anchor}"' in page
    page = client.get("/tutorial/side_by_side/").text
    assert page.count('<section class="question"') == sum(map(len, list_questions().values()))
    assert '<span class="note">light</span>' in page


@pytest.mark.parametrize(
    ("name", "anchor"),
    [
        ("select_related", "from_django/#select_related-and-prefetch_related"),
        ("CsrfViewMiddleware", "from_django/#csrfviewmiddleware"),
        ("csrf_exempt", "from_django/#csrfviewmiddleware"),
        ("PASSWORD_HASHERS", "from_django/#password_hashers"),
        ("list_display", "from_django/#the-admin"),
        ("makemigrations", "from_django/#makemigrations-and-migrate"),
        ("permission_required", "from_django/#groups-and-permissions"),
        ("Atom1Feed", "from_django/#syndication-feeds"),
        ("ModelViewSet", "from_django/#viewset-routers-and-apiview"),
        ("extend_schema", "from_django/#spectacular_settings-and-extend_schema"),
        ("BackgroundTasks", "from_fastapi/#backgroundtasks"),
        ("Depends", "from_fastapi/#depends"),
        ("response_model", "from_fastapi/#response_model"),
    ],
)
def test_a_name_of_another_framework_is_found(name: str, anchor: str) -> None:
    assert f"/tutorial/{anchor}" in [hit.url for hit in search(name)[:3]]


@pytest.mark.parametrize("table", LISTS)
def test_every_name_finds_its_row(table: str) -> None:
    (entries,) = [indexed.entries for indexed in read_index() if indexed.page.name == table]
    found = {entry.anchor: entry for entry in entries}
    for row in list_builtins(table):
        for name in row.names:
            assert rank(found[row.anchor], "", name.lower().split()), (row.name, name)


def test_files_that_are_no_modules_have_pages(client: FlaskClient) -> None:
    page = client.get("/tutorial/file/tests/site/test_sessions.py/").text
    assert 'id="test_a_rotated_key_signs_nobody_out"' in page
    assert "{% block" in client.get("/tutorial/file/web/site/templates/article.html/").text


@pytest.mark.parametrize("path", ["pyproject.toml", "instance/secret_key", "../README.md", "conduit/users.py", "x"])
def test_no_other_file_has_one(path: str, client: FlaskClient) -> None:
    assert client.get(f"/tutorial/file/{path}/").status_code == 404


@pytest.mark.parametrize("reference", ["nothing", "orm=nothing", "conduit/nothing.py", "conduit/users.py:nothing"])
def test_what_is_gone_is_named(reference: str) -> None:
    with pytest.raises(ChapterError, match="refers to"):
        refer(reference)


def test_without_the_tests_their_names_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.reader.references.ROOT", tmp_path)
    find_file.cache_clear()
    found = refer("tests/site/test_sessions.py:test_a_copied_cookie_is_worth_nothing_after_sign_out")
    assert found.url == ""
    assert found.where == "tests/site/test_sessions.py"
    find_file.cache_clear()


def test_a_method_of_a_short_class_is_in_the_section_of_the_class() -> None:
    path = find_file("conduit/interfaces.py")
    assert path == Path(ROOT / "src/assembly_required/conduit/interfaces.py")
    assert find_anchor(path, "Hashing.verify") == "Hashing"
    assert find_anchor(path, "Store.publish") == "Store.publish"


def test_an_answer_is_a_text_with_references() -> None:
    cell = Cell("by `register`", ("conduit/users.py:register",), ("bare",))
    assert cell.text == "<p>by <code>register</code></p>\n"
    assert [each.url for each in cell.references] == ["/tutorial/code/conduit.users/#register"]
