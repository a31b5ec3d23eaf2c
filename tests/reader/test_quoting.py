"""What pages quote is what the files say, and a name that is gone is an error."""

import ast
import re
from pathlib import Path

import pytest

from assembly_required.lab.differences import GENERATED
from assembly_required.lab.peers import PEERS
from assembly_required.reader import measured, recorded
from assembly_required.reader.directives import DIRECTIVES
from assembly_required.reader.docstrings import to_markdown
from assembly_required.reader.listings import make_listing, quote, quote_steps
from assembly_required.reader.places import EXAMPLES, find_examples, list_sides, read_brought
from assembly_required.reader.prose import CHAPTERS, ChapterError, render
from assembly_required.reader.sections import Section, find, split
from assembly_required.reader.skeletons import write_skeleton
from assembly_required.reader.slot_chapters import build_chapter
from assembly_required.stack.describe import PACKAGE
from assembly_required.stack.interfaces import INTERFACES
from assembly_required.stack.shape import find_mismatches
from assembly_required.stack.slots import SLOTS

SOURCES = [path for path in PACKAGE.rglob("*.py") if "peers" not in path.parts]

pytestmark = pytest.mark.usefixtures("context")


def plain(html: str) -> str:
    """The text of highlighted code."""
    text = re.sub(r"<[^>]+>", "", html)
    for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(name, sign)
    return text


def test_every_line_is_in_one_section() -> None:
    for path in SOURCES:
        text = path.read_text()
        lines = text.splitlines()
        tree = ast.parse(text)
        prose = tree.body[0].end_lineno or 0 if ast.get_docstring(tree) is not None else 0
        shown = [number for each in split(text) for number in range(each.start, each.end + 1)]
        assert len(shown) == len({*shown}), path
        written = [number for number, line in enumerate(lines, start=1) if line.strip() and number > prose]
        assert {*written} <= {*shown}, path


def test_a_definition_is_a_section_with_its_decorators_comments_and_docstring() -> None:
    text = (
        '"""About."""\n\nimport os\n\nLIMIT = 1\n"""The limit."""\n\n\n# step: read\n@cache\ndef read():\n'
        '    """Read it.\n\n    Twice.\n    """\n    return 1\n\n\nclass Small:\n    x = 1\n'
    )
    assert split(text) == [
        Section("", 3, 3),
        Section("LIMIT", 5, 6, "The limit.", range(6, 7)),
        Section("read", 9, 16, "Read it.\n\nTwice.", range(12, 16), ("read",)),
        Section("Small", 19, 20),
    ]
    found = find(text, "read")
    assert found
    assert (found.start, found.end) == (9, 16)


def test_methods_of_a_long_class_are_sections() -> None:
    body = "".join(f"    def m{number}(self):\n        return {number}\n\n" for number in range(20))
    names = [each.name for each in split(f"class Long:\n    x = 1\n\n{body}")]
    assert names == ["Long", *(f"Long.m{number}" for number in range(20))]


def test_a_listing_is_the_lines_of_the_file() -> None:
    listing = quote("conduit.users", "authenticate")
    lines = (PACKAGE / "conduit/users.py").read_text().splitlines()
    assert plain(listing.html).splitlines() == lines[listing.start - 1 : listing.end]
    assert listing.url == "/tutorial/code/conduit.users/#authenticate"
    assert listing.path == "assembly_required/conduit/users.py"


def test_a_listing_links_to_an_editor_or_a_repository(reader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    config = reader.config  # type: ignore[attr-defined]
    monkeypatch.setitem(config, "TUTORIAL_SOURCE", "https://code.example/blob/main/{path}#L{line}")
    listing = quote("conduit.users", "authenticate")
    assert listing.source == f"https://code.example/blob/main/src/assembly_required/conduit/users.py#L{listing.start}"
    monkeypatch.setitem(config, "TUTORIAL_SOURCE", "vscode://file/{file}:{line}")
    assert quote("stack.keys", "Key").source == f"vscode://file/{PACKAGE}/stack/keys.py:6"


def test_the_lines_of_a_step_are_quoted() -> None:
    (listing,) = quote_steps(EXAMPLES / "hashing" / "argon2_app.py", "register")
    assert "ph.hash(password)" in plain(listing.html)
    assert "ph.verify" not in plain(listing.html)
    assert listing.versions["argon2-cffi"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{{ code("nothing", "x") }}', "quotes nothing, but there is no such module"),
        ('{{ code("stack.slots", "Nothing") }}', "quotes Nothing of slots.py, but that file has no such definition"),
        ('{{ code("stack.slots", "Slot.nothing") }}', "no such definition"),
        ('{{ example("orm/nothing") }}', "no such example"),
        ('{{ example("orm/peewee", step="nothing") }}', "no such step"),
        ('{{ example_code("orm/peewee", "nothing") }}', "no such definition"),
        ('{{ test("tests/nothing.py", "test_it") }}', "no such file"),
        ('{{ file("nothing.txt") }}', "no such file"),
        ('{{ doc("nothing") }}', "no such module"),
        ('{{ differences("orm") }}', "none are recorded"),
        ('{{ nothing("x") }}', "is not a directive: use one of code"),
        ("{{ 1 + 1 }}", "is not a directive"),
        ("[x](nothing.md)", "links to nothing.md, but there is no such file"),
        ("[x](module:nothing.at.all)", "no such module"),
    ],
)
def test_what_is_gone_is_named(text: str, message: str) -> None:
    with pytest.raises(ChapterError, match=re.escape(message)):
        render(text, directives=DIRECTIVES)


@pytest.mark.parametrize("name", DIRECTIVES)
def test_every_directive_is_explained_to_authors(name: str) -> None:
    assert f"`{{{{ {name}(" in (CHAPTERS / "writing.md").read_text()


def test_a_directive_inside_a_line_is_text() -> None:
    assert (
        render('Type `{{ code("x", "y") }}`.') == "<p>Type <code>{{ code(&quot;x&quot;, &quot;y&quot;) }}</code>.</p>\n"
    )


@pytest.mark.parametrize("path", [*CHAPTERS.rglob("*.md")], ids=lambda path: path.stem)
def test_no_listing_is_typed(path: Path) -> None:
    listings = re.findall(r"^```(?:python|py|jinja|html|sql)\n", path.read_text(), re.MULTILINE)
    assert len(listings) == (1 if path.stem == "adapter" else 0)  # this one is not in the source; a test runs it


def test_docstrings_become_markdown() -> None:
    text = to_markdown(
        "Read ``x``.\n\n    >>> 1\n    1\n\n:param x: see :mod:`.keys` and :class:`~a.B`,\n    or https://a.example/b.\n"
        ":raises KeyError: `a page\n<https://c.example>`_ says why.", "stack"
    )  # fmt: skip
    assert "Read `x`." in text
    assert "- `x`: see [`.keys`](module:stack.keys) and `a.B`," in text
    assert "or <https://a.example/b>." in text
    assert "- raises `KeyError`: [a page](https://c.example) says why." in text


@pytest.mark.parametrize("slot", SLOTS)
def test_the_text_of_a_slot_has_the_parts_that_its_chapter_shows(slot: str) -> None:
    path = CHAPTERS / "slots" / f"{slot}.md"
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE) if path.exists() else []
    assert headings in ([], ["In Django", "Trap"])
    assert not headings or "{{ test(" in path.read_text().partition("## Trap")[2]


@pytest.mark.parametrize("slot", SLOTS)
def test_a_chapter_has_every_option_with_its_lesson_and_example(slot: str) -> None:
    chapter = build_chapter(SLOTS[slot])
    assert [each.option for each in chapter.options] == list(SLOTS[slot].options)
    for each in chapter.options:
        assert [*each.lesson] == ["start", "In Django", "Here", "What it costs", "Next"]
        assert each.example or each.option.name == "none"
    assert chapter.django
    assert chapter.links["django"].startswith("https://")


@pytest.mark.parametrize("slot", SLOTS)
def test_a_skeleton_fits_its_slot(slot: str) -> None:
    names: dict[str, object] = {}
    exec(write_skeleton(slot, SLOTS[slot].names[0]), names)  # noqa: S102
    build = names["build"]
    assert callable(build)
    if slot not in INTERFACES:
        with pytest.raises(NotImplementedError):
            build(*[None] * build.__code__.co_argcount)
        return
    built = build(*[None] * build.__code__.co_argcount)
    shape = {name: None for name in dir(type(built)) if not name.startswith("_")}
    assert shape
    methods_only = type("Shape", (), {n: m for n, m in vars(INTERFACES[slot]).items() if not isinstance(m, property)})
    assert [*find_mismatches(built, methods_only)] == []
    assert {name for name in vars(INTERFACES[slot]) if not name.startswith("_")} <= {*shape}


def test_everything_has_recorded_versions() -> None:
    versions = recorded.read()["versions"]
    adapters = {f"{slot.name}/{option.name}" for slot in SLOTS.values() for option in slot.options}
    hint = "Run: flask tutorial record"
    assert {*versions["adapters"]} == adapters, hint
    assert {*versions["examples"]} == {*find_examples()}, hint
    assert {*versions["peers"]} == {*PEERS}, hint
    assert all(packages for kind in versions.values() for packages in kind.values())
    assert {*recorded.read()["differences"]} == {*GENERATED}, hint


def test_the_versions_beside_a_listing_are_those_of_its_packages() -> None:
    assert "peewee" in make_listing(PACKAGE / "adapters/orm/peewee/store.py").versions
    assert "fastapi" in make_listing(PACKAGE / "examples/tokens/fastapi_app.py").versions
    assert "django" in make_listing(PACKAGE / "peers/django/articles/models.py").versions
    assert make_listing(PACKAGE / "conduit/users.py").versions == {}


def test_peers_are_sides_of_the_slots_they_have_files_for() -> None:
    assert "django-peer" in list_sides("orm")
    for slot in SLOTS:
        with_files = {f"{name}-peer" for name in PEERS if read_brought(PACKAGE / "peers" / name).get(slot)}
        assert {name for name in list_sides(slot) if name.endswith("-peer")} == with_files


SAVED = """{"measured": "2026-11-27T03:00:00+00:00", "command": "flask compare --save", "reference": "classic",
"machine": {"processor": "A processor", "python": "3.11.7"}, "candidates": [
{"name": "classic", "endpoints": {"list": {"ratio": 1.0}}, "cold_start_ms": 300.04, "memory_mib": 60, "packages": 9,
"megabytes": 20.51, "lines": 400},
{"name": "orm=peewee", "endpoints": {"list": {"ratio": 0.614}}, "cold_start_ms": null, "memory_mib": 50.0,
"packages": 8, "megabytes": 15.0, "lines": 300},
{"name": "login=plain", "endpoints": {}, "cold_start_ms": 1, "memory_mib": 1, "packages": 1, "megabytes": 1,
"lines": 1}]}"""


def test_costs_come_from_a_saved_run(tmp_path: Path) -> None:
    file = tmp_path / "measured.json"
    assert measured.read(SLOTS["orm"], file) is None
    file.write_text(SAVED)
    found = measured.read(SLOTS["orm"], file)
    assert found
    assert found.rows == {
        "flask_sqlalchemy": ["1.00", "300", "60", "9", "20.5", "400"],
        "peewee": ["0.61", "-", "50", "8", "15", "300"],
    }
    assert found.columns[0] == "list"
    assert "2026-11-27" in found.about
    login = measured.read(SLOTS["login"], file)
    assert login
    assert [*login.rows] == ["flask_login", "plain"]
