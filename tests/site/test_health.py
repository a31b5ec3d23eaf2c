"""``GET /health``."""

from pathlib import Path

from assembly_required.factory import create_app
from tests.conftest import ROOT, MakeApp


def test_a_database_that_answers(make_app: MakeApp) -> None:
    client = make_app().test_client()
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert "Set-Cookie" not in answer.headers
    assert "/health" not in client.get("/docs/openapi.json").text


def test_before_the_setup(tmp_path: Path) -> None:
    answer = create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT).test_client().get("/health")
    assert answer.status_code == 503
    assert answer.json == {"errors": {"request": ["There is no secret key yet. Run: flask setup"]}}


def test_a_database_that_does_not_answer(make_app: MakeApp) -> None:
    app = make_app(STACK_ORM="plain")
    assert app.test_client().get("/health").status_code == 200
    with app.app_context():
        app.extensions["assembly_required"].store.disconnect()
    place = Path(app.config["DATABASE"].location)
    place.rename(place.with_name("away"))
    place.mkdir()
    answer = app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (503, {"errors": {"request": ["not available"]}})
