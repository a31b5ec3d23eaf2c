"""Two apps with different stacks in one process do not affect each other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import People
from tests.conftest import MakeApp


def test_what_one_knows_the_other_does_not(make_app: MakeApp) -> None:
    one, two = (People(Client(in_process(make_app()))) for _ in range(2))
    user = one.new()
    ok(two.register(user.username, user.email), 201)
    user.publish(tagList=["only here"])
    assert ok(two.anyone.get("/tags"))["tags"] == []
    expect_error(Client(two.anyone.send, user.token).get("/user"), 401, token="is invalid")


def test_two_stacks_serve_side_by_side_under_threads(make_app: MakeApp) -> None:
    worlds = [
        People(Client(in_process(make_app()))),
        People(Client(in_process(make_app(STACK_TOKENS="elsewhere.joserfc_tokens")))),
    ]

    def live(number: int) -> tuple[int, list[str]]:
        world = number % 2
        person = worlds[world].new(f"w{world}")
        for tag in ("a", "b"):
            person.publish(tagList=[f"{tag}{world}"])
        found = ok(worlds[world].anyone.get("/articles", limit=100))["articles"]
        return world, [article["author"]["username"] for article in found]

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(live, range(24)))
    assert all(name.startswith(f"w{world}_") for world, names in seen for name in names)
    for world in (0, 1):
        assert ok(worlds[world].anyone.get("/tags"))["tags"] == [f"a{world}", f"b{world}"]
        assert ok(worlds[world].anyone.get("/articles"))["articlesCount"] == 24


def test_two_apps_may_share_a_database(make_app: MakeApp, tmp_path: Path) -> None:
    one, two = (People(Client(in_process(make_app(tmp_path / "shared")))) for _ in range(2))
    user = one.new()
    assert ok(Client(two.anyone.send, user.token).get("/user"))["user"]["username"] == user.username
