"""Figures in chapters are those of the kept results."""

from flask.testing import FlaskClient
from markupsafe import escape

from assembly_required.lab.measured import MEASURED, read_measured
from assembly_required.reader import measured
from assembly_required.reader.figures import PLACEHOLDER, fill


def test_a_chapter_shows_the_figures_of_the_kept_results(client: FlaskClient) -> None:
    page = client.get("/tutorial/choosing/").text
    assert not PLACEHOLDER.search(page)
    assert "(not measured)" not in page
    for path in ("peer=django", "orm=django", "orm=peewee"):
        sentence = fill(f"takes {{times:candidates/{path}/endpoints/list/ratio}} as long", read_measured())
        assert escape(sentence) in page


def test_a_placeholder_in_code_stays(client: FlaskClient) -> None:
    assert "{times:candidates/fast/endpoints/list/ratio}" in client.get("/tutorial/writing/").text


def test_chapters_and_the_guide_read_one_file() -> None:
    assert measured.FILE == MEASURED
    assert measured.read_results() == read_measured()
