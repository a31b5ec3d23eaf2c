"""The peers, and the commands that run them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from openapi_spec_validator import OpenAPIV31SpecValidator

from assembly_required.cli.peers import COUNTED, PARTS, TESTS, peers
from assembly_required.conduit.operations import operations
from assembly_required.contract.client import Client, in_process, over_http
from assembly_required.data import seed
from assembly_required.data.export import export_demo, export_seed, format_lines
from assembly_required.data.prose import username
from assembly_required.lab.peers import PEERS, Peer, Place, read_brought, serve
from assembly_required.stack.assembly import assembled
from assembly_required.stack.stacks import STACKS
from tests.conftest import ROOT, MakeApp

every_peer = pytest.mark.parametrize("peer", PEERS.values(), ids=PEERS)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(peers, arguments)


def test_a_misspelt_name_gets_a_hint() -> None:
    result = run("setup", "djang")
    assert result.exit_code == 2
    assert "'djang' is not a peer" in result.stderr
    assert "Did you mean django?" in result.stderr


def test_a_peer_whose_packages_are_missing_says_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.lab.peers.find_spec", lambda name: None)
    result = run("setup", "django")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The peer django needs django, rest_framework")
    assert "-m pip install -e '.[peer-django]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_list_has_every_peer() -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(PEERS)


def under_version_control(peer: Peer) -> set[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", str(peer.path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {ROOT / name for name in listed.stdout.splitlines()} - {peer.path / "BROUGHT.toml"}


@every_peer
def test_every_file_is_assigned_to_one_part(peer: Peer) -> None:
    brought = read_brought(peer)
    assigned = [path for files in brought.values() for path in files if "__pycache__" not in path.parts]
    assert brought.keys() <= {*PARTS, TESTS}
    assert sorted(assigned) == sorted(under_version_control(peer))


def test_the_lines_of_a_slot_are_counted_on_peers_and_stacks() -> None:
    header, *rows, space, tests, _, counted = run("lines").stdout.splitlines()
    assert header.split()[: len(PEERS)] == list(PEERS)
    assert [row.split()[0] for row in rows] == PARTS
    assert int(next(row for row in rows if row.startswith("admin")).split()[1]) > 0
    assert space == ""
    assert tests.split()[0] == TESTS
    assert counted == COUNTED


def test_tests_are_counted_apart() -> None:
    """A peer with more tests must not look like one with more code."""
    output = json.loads(run("lines", "--json").stdout)
    assert output["counted"] == COUNTED
    django = output["lines"]["django"]
    assert django[TESTS] > 100
    tests = [path for path in read_brought(PEERS["django"])[TESTS] if path.name.startswith("test")]
    code = [path for part in PARTS for path in read_brought(PEERS["django"]).get(part, ())]
    assert tests
    assert not {*tests} & {*code}
    assert not [path for path in code if "test" in path.stem and path.parent.name != "settings"]
    assert [*output["lines"]] == [*PEERS, *(f"stack {name}" for name in STACKS)]


def test_made_up_data_has_the_rows_of_flask_seed() -> None:
    lines = [json.loads(line) for line in format_lines(export_seed(users=3, articles=5))]
    tables = {table: rows for line in lines for table, rows in line.items()}
    assert len(tables["users"]) == 3
    assert "password_hash" not in tables["users"][0]
    assert tables["articles"][0]["created_at"].endswith("Z")


@pytest.fixture(scope="module", params=PEERS)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Place]]:
    """The server of a peer with the demo data. The database that the environment names must not be touched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/real")
        with serve(request.param, tmp_path_factory.mktemp("peer")) as (url, place):
            place.feed(place.peer.load, format_lines(export_demo()))
            yield url, place


@pytest.mark.full
def test_the_demo_is_the_same_as_on_flask(served: tuple[str, Place]) -> None:
    client = Client(over_http(served[0]))
    articles = client.get("/articles", limit=100).json
    demo = {article["slug"]: article for article in export_demo()["articles"]}
    assert {article["slug"] for article in articles["articles"]} == {*demo}
    login = {"user": {"email": "demo@example.com", "password": "assembly-required"}}
    assert client.post("/users/login", login).status == 200


@pytest.mark.full
def test_the_demo_is_written_once(served: tuple[str, Place]) -> None:
    place = served[1]
    place.feed(place.peer.load_if_empty, format_lines(export_demo()))
    assert Client(over_http(served[0])).get("/articles").json["articlesCount"] == len([*export_demo()["articles"]])


def list_paths(client: Client) -> list[str]:
    """List paths of answers that are not empty."""
    articles = client.get("/articles", limit=100).json["articles"]
    tagged = next(article for article in articles if article["tagList"])
    readers = [username(number) for number in range(1, 21)]
    reader = next(name for name in readers if client.get("/articles", favorited=name).json["articlesCount"])
    return [
        "/articles?limit=100",
        "/articles?limit=3&offset=50",
        f"/articles?tag={quote(tagged['tagList'][0])}",
        f"/articles?author={tagged['author']['username']}",
        f"/articles?favorited={reader}",
        f"/profiles/{reader}",
        "/tags",
        *(f"/articles/{article['slug']}{below}" for article in articles[:5] for below in ("", "/comments")),
    ]


@pytest.mark.full
@every_peer
def test_the_made_up_data_gives_the_same_answers_as_on_flask(peer: Peer, tmp_path: Path, make_app: MakeApp) -> None:
    app = make_app()
    parts = assembled(app)
    with app.app_context():
        seed.fill(parts.store, parts.hashing, users=20, articles=60)
    ours = Client(in_process(app))
    with serve(peer.name, tmp_path) as (url, place):
        place.feed(place.peer.load, format_lines(export_seed(users=20, articles=60)))
        theirs = Client(over_http(url))
        for path in list_paths(ours):
            assert theirs.get(path).json == ours.get(path).json, path


@pytest.mark.full
def test_the_tests_of_the_django_peer_pass(tmp_path: Path) -> None:
    peer = PEERS["django"]
    Place(peer, tmp_path, {**peer.testing, "DATABASE_URL": None}).call("manage.py test --verbosity 0")


@pytest.mark.full
@pytest.mark.parametrize("peer", ["fastapi", "fastapi_async"])
def test_the_tests_of_the_fastapi_peer_pass(peer: str, tmp_path: Path) -> None:
    place = Place(PEERS[peer], tmp_path, {"DATABASE_URL": None, "CONDUIT_APP": f"conduit_{peer}.main"})
    place.call(f"-m pytest -q -c {PEERS['fastapi'].path / 'pytest.ini'} {PEERS['fastapi'].path / 'tests'}")


@pytest.mark.full
@pytest.mark.parametrize("served", ["fastapi", "fastapi_async"], indirect=True)
def test_fastapi_describes_every_operation(served: tuple[str, Place]) -> None:
    with urlopen(f"{served[0]}/openapi.json") as response:  # noqa: S310
        document = json.load(response)
    assert document["openapi"].startswith("3.1")
    assert [*OpenAPIV31SpecValidator(document).iter_errors()] == []
    for operation in operations:
        described = document["paths"][f"/api{operation.path}"][operation.method.lower()]
        assert {str(status) for status in operation.statuses - {429}} <= described["responses"].keys()
        assert described["summary"]
        assert described.get("description")


@pytest.mark.full
def test_django_checks_itself(tmp_path: Path) -> None:
    peer = PEERS["django"]
    variables = {
        "DJANGO_SETTINGS_MODULE": "conduit_django.settings.production",
        "SECRET_KEY": "k" * 60 + "abcdefghij",
        "ALLOWED_HOSTS": "blog.example",
        "DATABASE_URL": None,
    }
    environment = Place(peer, tmp_path, variables).environment
    for command in (
        ["check", "--deploy", "--fail-level", "WARNING"],
        ["makemigrations", "--check", "--dry-run"],
        ["spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yml")],
    ):
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=peer.path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
