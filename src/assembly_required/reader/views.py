"""The views of the tutorial. :mod:`assembly_required.reader.tutorial` has their routes."""

import json
from pathlib import Path

from flask import Response, abort, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ..stack.describe import PACKAGE
from ..stack.slots import SLOTS
from . import references
from .contents import find_place, list_parts
from .directives import DIRECTIVES, doc
from .docstrings import to_markdown
from .figures import fill_page
from .listings import Listing, find_url, make_listing
from .measured import read_results
from .pairs import align, write_diff
from .parsing import read_file_docstring
from .places import Side, find_examples, find_module, find_package, find_side, list_examples, list_files, list_sides
from .prose import CHAPTERS, make_slug, render
from .recorded import find_versions
from .searching import list_rows
from .searching import search as find_hits
from .sections import split_file
from .slot_chapters import build_chapter


def show(template: str, endpoint: str = "", name: str = "", **values: object) -> str:
    """Render a page with the table of contents, and the pages before and after it."""
    here, blog = find_place(endpoint, name), "site" in current_app.blueprints
    return render_template(f"tutorial/{template}.html", parts=list_parts(), here=here, blog=blog, **values)


def contents() -> ResponseReturnValue:
    examples = {name.partition("/")[0]: list_examples(name.partition("/")[0]) for name in find_examples()}
    return show("contents", slots=SLOTS, examples=examples)


def chapter(name: str) -> ResponseReturnValue:
    if name in SLOTS:
        return show("slot", "chapter", name, chapter=build_chapter(SLOTS[name]))
    path = CHAPTERS / f"{name}.md"
    if not name.isidentifier() or not path.is_file():
        abort(404)
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    text = render(fill_page(text, read_results()), directives=DIRECTIVES)
    return show("chapter", "chapter", name, title=title.removeprefix("# "), text=text)


def code(module: str) -> ResponseReturnValue:
    path = find_module(module)
    if path is None:
        abort(404)
    rows = annotate(path, find_package(module))
    return show("code", "code", module, title=module, text=doc(module), rows=rows, file=make_listing(path))


def file(path: str) -> ResponseReturnValue:
    """Show a test, a template or a file of a peer, if one of the tables refers to it."""
    found = references.find_file(path) if path in references.list_files() else None
    if found is None or find_url(found):  # a module and an example have pages of their own
        abort(404)
    rows = annotate(found) if found.suffix == ".py" else [(Markup(), make_listing(found))]
    text = render(to_markdown(references.read_about(found)))
    return show("code", title=path, text=text, rows=rows, file=make_listing(found))


def annotate(path: Path, package: str = "") -> list[tuple[Markup, Listing]]:
    """Return each section of a Python file: what is written about it, and its lines."""
    sections = split_file(path)
    return [(render(to_markdown(each.prose, package)), make_listing(path, each)) for each in sections]


def example(slot: str, name: str) -> ResponseReturnValue:
    found = find_examples().get(f"{slot}/{name}")
    if found is None:
        abort(404)
    files = list_files(found)
    texts = [read_file_docstring(path) for path in files.values()]
    if found.is_dir():
        text = render((found / "README.md").read_text(encoding="utf-8").partition("\n")[2])
    else:
        text = render(to_markdown(texts[0]))
    pieces = [(path, each) for path in files.values() for each in split_file(path)]
    listings = [(make_listing(path, each), {make_slug(step): step for step in each.steps}) for path, each in pieces]
    return show("example", title=f"{slot}/{name}", text=text, listings=listings, slot=slot, is_slot=slot in SLOTS)


def pair(slot: str, one: str, other: str) -> ResponseReturnValue:
    left, right = find_sides(slot, one, other)
    sides = list_sides(slot)

    def order(*both: Side) -> list[Side]:
        """Return two sides in the order of the table, so that links name each pair in one way."""
        return [side for side in sides.values() if side in both]

    versions = {side.name: find_versions(next(iter(side.files.values()))) for side in (left, right)}
    values = {"slot": slot, "left": left, "right": right, "sides": sides, "order": order, "versions": versions}
    return show("pair", "chapter", slot, rows=align(left, right), **values)


def diff(slot: str, one: str, other: str) -> ResponseReturnValue:
    left, right = find_sides(slot, one, other)
    return show("diff", "chapter", slot, slot=slot, left=left, right=right, files=write_diff(left, right))


def find_sides(slot: str, one: str, other: str) -> tuple[Side, Side]:
    """Find two sides of a slot, or answer 404."""
    left, right = find_side(slot, one), find_side(slot, other)
    if left is None or right is None or left == right:
        abort(404)
    return left, right


def search() -> ResponseReturnValue:
    query = request.args.get("q", "")
    return show("search", query=query, found=find_hits(query))


def index() -> ResponseReturnValue:
    """Send the index as a script, because a page that was opened from disk may load scripts but no JSON."""
    rows = json.dumps(list_rows(), ensure_ascii=False, separators=(",", ":"))
    return Response(f"const tutorialIndex = {rows};\n", mimetype="text/javascript")


def style() -> ResponseReturnValue:
    """Send the style sheet of the site, whose colours and fonts the tutorial uses."""
    return send_file(PACKAGE / "web" / "site" / "static" / "site.css")
