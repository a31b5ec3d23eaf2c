"""``flask seed`` writes exact numbers and the same rows each time, and the API can read all of them."""

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from assembly_required import create_app
from assembly_required.cli.seed import seed as command
from assembly_required.conduit import limits
from assembly_required.conduit.slugs import slugify
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import TIMESTAMP, ok
from assembly_required.contract.people import People
from assembly_required.contract.plugin import ready_app
from assembly_required.data import demo, seed
from assembly_required.data.prose import TOPICS, Writer
from assembly_required.stack.assembly import assembled
from tests.conftest import ROOT, MakeApp, options

USERS, ARTICLES = 40, 200

Table = list[dict[str, Any]]


def fill(app: Flask, users: int = USERS, articles: int = ARTICLES) -> None:
    with app.app_context():
        seed.fill(assembled(app).store, assembled(app).hashing, users, articles)


def computed(users: int, articles: int) -> dict[str, Table]:
    """All generated rows, without a database."""
    return {name: list(rows) for name, rows in seed.tables(users, articles, "hash").items()}


def there(app: Flask) -> dict[str, Table]:
    """All rows that SQLite stores."""
    with closing(sqlite3.connect(app.config["DATABASE"].location)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")]  # noqa: S608
            for name in seed.counts(1, 0)
        }


def invoke(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(command, arguments)


def pairs(rows: Table, one: str, other: str) -> set[tuple[int, int]]:
    return {(row[one], row[other]) for row in rows}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A seeded app. Tests that use it only read."""
    app = ready_app(tmp_path_factory.mktemp("seeded"), ROOT)
    fill(app)
    return app


@pytest.fixture(scope="module")
def rows(app: Flask) -> dict[str, Table]:
    return there(app)


@pytest.fixture
def anyone(app: Flask) -> Client:
    return Client(in_process(app))


@pytest.fixture
def seeded_user(anyone: Client) -> Client:
    """The user that the command prints, signed in."""
    answer = ok(People(anyone).log_in(seed.email(seed.USERNAME), seed.PASSWORD))
    return Client(anyone.send, answer["user"]["token"])


def test_the_numbers_are_exact(rows: Mapping[str, Table]) -> None:
    assert {name: len(each) for name, each in rows.items()} == seed.counts(USERS, ARTICLES)
    assert seed.counts(USERS, ARTICLES) == {
        "tags": 200,
        "users": 40,
        "follows": 400,
        "articles": 200,
        "article_tags": len(rows["article_tags"]),
        "favorites": 1_200,
        "comments": 600,
    }


def test_the_numbers_are_exact_at_the_size_that_is_measured() -> None:
    assert list(map(sum, (seed.shares(60_000, 10_000, 2_000), seed.shares(20_000, 2_000, 1_999)))) == [60_000, 20_000]
    expected = {"tags": 200, "users": 2_000, "follows": 20_000, "articles": 10_000, "favorites": 60_000}
    assert expected.items() <= seed.counts(2_000, 10_000).items()


@pytest.mark.parametrize(
    ("users", "articles", "follows", "favorites"),
    [(1, 0, 0, 0), (1, 1, 0, 1), (2, 1, 2, 2), (2, 3, 2, 6), (12, 1, 120, 6), (10, 2, 90, 12)],
)
def test_of_few_there_is_as_much_as_is_possible(
    make_app: MakeApp, users: int, articles: int, follows: int, favorites: int
) -> None:
    app = make_app()
    fill(app, users, articles)
    written = there(app)
    assert {name: len(each) for name, each in written.items()} == {
        "tags": 200,
        "users": users,
        "follows": follows,
        "articles": articles,
        "article_tags": len(written["article_tags"]),
        "favorites": favorites,
        "comments": 3 * articles,
    }


def test_shares_add_up_and_keep_to_the_most() -> None:
    for number in range(1, 30):
        for most in range(5):
            for total in range(number * most + 1):
                shares = list(seed.shares(total, number, most))
                assert sum(shares) == total
                assert max(shares) <= most


def test_two_apps_are_seeded_alike(app: Flask, make_app: MakeApp) -> None:
    other = make_app()
    fill(other)
    one, two = there(app), there(other)
    salted = {user.pop("password_hash") for users in (one["users"], two["users"]) for user in users}
    assert one == two
    assert len(salted) == 2


def test_what_is_written_is_what_was_computed(rows: Mapping[str, Table]) -> None:
    articles = [
        {**row, "created_at": _stored(row["created_at"]), "updated_at": _stored(row["updated_at"])}
        for row in computed(USERS, ARTICLES)["articles"]
    ]
    assert rows["articles"] == articles


def _stored(instant: Any) -> str:
    return str(instant.isoformat(" ", "microseconds"))


def test_ids_begin_far_above_those_of_an_ordinary_blog(rows: Mapping[str, Table]) -> None:
    for each in rows.values():
        assert [row["id"] for row in each] == list(range(1_000_001, 1_000_001 + len(each)))


def test_pairs_are_unique_and_no_user_follows_themselves(rows: Mapping[str, Table]) -> None:
    assert len(pairs(rows["favorites"], "article_id", "user_id")) == len(rows["favorites"])
    assert len(pairs(rows["article_tags"], "article_id", "tag_id")) == len(rows["article_tags"])
    follows = pairs(rows["follows"], "follower_id", "followed_id")
    assert len(follows) == len(rows["follows"])
    assert all(follower != followed for follower, followed in follows)


def test_nothing_refers_to_what_is_not_there(app: Flask) -> None:
    with closing(sqlite3.connect(app.config["DATABASE"].location)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def falls_off(values: Sequence[int], among: int) -> bool:
    """Return whether the most frequent tenth has several times its share, and the others are not empty."""
    often = [count for _, count in Counter(values).most_common()]
    return sum(often[: among // 10]) > 0.25 * len(values) and len(often) > 0.6 * among


def test_a_few_are_popular_and_there_is_a_long_tail() -> None:
    outlines = list(seed.outlines(200, 2_000))
    assert falls_off([outline.author_id for outline in outlines], 200)
    assert falls_off([tag for outline in outlines for tag in outline.tags], 200)
    assert falls_off([row["article_id"] for row in seed.generate_favorites(200, 2_000)], 2_000)
    assert falls_off([row["followed_id"] for row in seed.generate_follows(200)], 200)


def test_an_article_has_up_to_five_tags_of_one_topic() -> None:
    numbers = Counter(len(outline.tags) for outline in seed.outlines(USERS, 1_000))
    assert sorted(numbers) == [0, 1, 2, 3, 4, 5]
    for outline in seed.outlines(USERS, ARTICLES):
        assert {seed.TAGS[tag][0] for tag in outline.tags} <= {outline.topic}


def test_tags_are_two_words_each_and_distinct() -> None:
    names = [name for _, name in seed.TAGS]
    assert len(set(names)) == len(names) == 200
    assert all(len(name.split(" ")) == 2 and len(name) <= limits.TAG for name in names)


def test_articles_come_in_the_order_of_time_or_nearly(rows: Mapping[str, Table]) -> None:
    instants = [row["created_at"] for row in rows["articles"]]
    in_order = sum(earlier < later for earlier, later in pairwise(instants))
    assert in_order > 0.7 * ARTICLES
    assert min(instants) < "2023-01-15"
    assert "2024-12-15" < max(instants) < "2025-01-01"


def test_instants_repeat_where_they_should_and_run_forward_elsewhere(rows: Mapping[str, Table]) -> None:
    created = {row["id"]: row["created_at"] for row in rows["articles"]}
    assert all(row["updated_at"] >= row["created_at"] for row in rows["articles"])
    assert any(row["updated_at"] > row["created_at"] for row in rows["articles"])
    assert all(row["created_at"] == created[row["article_id"]] for row in rows["article_tags"])
    last = created
    for comment in rows["comments"]:
        assert comment["created_at"] == comment["updated_at"] > last[comment["article_id"]]
        last = {**last, comment["article_id"]: comment["created_at"]}


def within(values: Sequence[str | None], most: int) -> bool:
    return all(value is None or 0 < len(value) <= most for value in values)


def test_everything_keeps_to_the_limits(app: Flask, rows: Mapping[str, Table]) -> None:
    for table, column, most in (
        ("users", "username", limits.USERNAME),
        ("users", "email", limits.EMAIL),
        ("users", "bio", limits.BIO),
        ("users", "image", limits.IMAGE),
        ("articles", "slug", 255),
        ("articles", "title", limits.TITLE),
        ("articles", "description", limits.DESCRIPTION),
        ("articles", "body", limits.BODY),
        ("comments", "body", limits.COMMENT),
    ):
        assert within([row[column] for row in rows[table]], most), (table, column)
    load = assembled(app).validation.loader("NewUser")
    for user in rows["users"]:
        load({"user": {"username": user["username"], "email": user["email"], "password": seed.PASSWORD}})


def test_a_user_looks_like_one(rows: Mapping[str, Table]) -> None:
    assert rows["users"][0]["username"] == seed.USERNAME == "mara_lindqvist_1"
    assert rows["users"][0]["email"] == "mara_lindqvist_1@seed.example"
    assert len({row["password_hash"] for row in rows["users"]}) == 1
    assert sum(row["image"] is None for row in rows["users"]) > USERS / 2
    assert {row["bio"] is None for row in rows["users"]} == {True, False}


def test_an_article_looks_like_one(rows: Mapping[str, Table]) -> None:
    bodies = [row["body"] for row in rows["articles"]]
    assert 1_300 < sum(map(len, bodies)) / ARTICLES < 1_900
    assert all(body.count("\n\n") >= 2 for body in bodies)
    for start in ("- ", "> ", "## "):
        assert any(f"\n\n{start}" in body for body in bodies)
    for row in rows["articles"]:
        assert row["slug"] == f"{slugify(row['title'])}-{row['id']}"
        assert row["title"][0] == row["title"][0].upper()


def test_every_sentence_finds_its_words() -> None:
    writer = Writer(seed.numbers("test"))
    for topic in range(len(TOPICS)):
        for _ in range(40):
            text = "".join((writer.title(topic), writer.description(topic), writer.bio(topic), writer.body(topic)))
            assert not {"{", "}"} & set(text + writer.comment(topic))


def test_the_list_has_every_article_newest_first(anyone: Client, rows: Mapping[str, Table]) -> None:
    found = [ok(anyone.get("/articles", limit=100, offset=offset)) for offset in (0, 100)]
    listed = [article["slug"] for page in found for article in page["articles"]]
    newest = sorted(rows["articles"], key=lambda row: (row["created_at"], row["id"]), reverse=True)
    assert listed == [row["slug"] for row in newest]
    assert found[0]["articlesCount"] == ARTICLES


def tag_list(rows: Mapping[str, Table], article_id: int) -> list[str]:
    names = {row["id"]: row["name"] for row in rows["tags"]}
    its = [row for row in rows["article_tags"] if row["article_id"] == article_id]
    return [names[row["tag_id"]] for row in sorted(its, key=lambda row: row["position"])]


def test_an_article_is_read_with_its_tags_in_order(anyone: Client, rows: Mapping[str, Table]) -> None:
    for row in rows["articles"][::20]:
        article = ok(anyone.get(f"/articles/{row['slug']}"))["article"]
        author = next(user for user in rows["users"] if user["id"] == row["author_id"])
        assert article == {
            "slug": row["slug"],
            "title": row["title"],
            "description": row["description"],
            "body": row["body"],
            "tagList": tag_list(rows, row["id"]),
            "createdAt": TIMESTAMP,
            "updatedAt": TIMESTAMP,
            "favorited": False,
            "favoritesCount": sum(each["article_id"] == row["id"] for each in rows["favorites"]),
            "author": {name: author[name] for name in ("username", "bio", "image")} | {"following": False},
        }


def test_its_comments_are_read_oldest_first(anyone: Client, rows: Mapping[str, Table]) -> None:
    most, number = Counter(row["article_id"] for row in rows["comments"]).most_common(1)[0]
    slug = next(row["slug"] for row in rows["articles"] if row["id"] == most)
    comments = ok(anyone.get(f"/articles/{slug}/comments"))["comments"]
    assert len(comments) == number > 5
    assert comments == sorted(comments, key=lambda comment: (comment["createdAt"], comment["id"]))


def test_the_tags_lead_to_their_articles(anyone: Client, rows: Mapping[str, Table]) -> None:
    used = {row["tag_id"] for row in rows["article_tags"]}
    names = sorted(row["name"] for row in rows["tags"] if row["id"] in used)
    assert ok(anyone.get("/tags"))["tags"] == names
    found = ok(anyone.get("/articles", tag="slow suppers", limit=100))
    slugs = [row["slug"] for row in rows["articles"] if "slow suppers" in tag_list(rows, row["id"])]
    assert found["articlesCount"] == len(slugs) > 1
    assert sorted(article["slug"] for article in found["articles"]) == sorted(slugs)


def test_a_seeded_user_signs_in_and_reads_their_feed(seeded_user: Client, rows: Mapping[str, Table]) -> None:
    followed = {row["followed_id"] for row in rows["follows"] if row["follower_id"] == seed.FIRST_ID}
    expected = [row["slug"] for row in rows["articles"] if row["author_id"] in followed]
    feed = ok(seeded_user.get("/articles/feed", limit=100))
    assert feed["articlesCount"] == len(expected) > 0
    assert {article["slug"] for article in feed["articles"]} <= set(expected)
    assert all(article["author"]["following"] for article in feed["articles"])


def test_favorites_of_the_viewer_are_marked(seeded_user: Client, rows: Mapping[str, Table]) -> None:
    liked = {row["article_id"] for row in rows["favorites"] if row["user_id"] == seed.FIRST_ID}
    found = ok(seeded_user.get("/articles", favorited=seed.USERNAME, limit=100))
    assert found["articlesCount"] == len(liked) > 0
    assert all(article["favorited"] for article in found["articles"])


def test_life_goes_on_beside_the_seeded_rows(make_app: MakeApp) -> None:
    app = make_app()
    people = People(Client(in_process(app)))
    before = people.new().publish(tagList=["ordinary"])
    fill(app, 3, 3)
    after = people.new().publish(tagList=["ordinary", "slow suppers"])
    assert ok(people.anyone.get("/articles", tag="ordinary"))["articlesCount"] == 2
    assert ok(people.anyone.get(f"/articles/{before['slug']}"))["article"] == before
    assert people.anyone.get(f"/articles/{after['slug']}").status == 200


def test_the_command_says_what_it_wrote(make_app: MakeApp) -> None:
    app = make_app()
    result = invoke(app, "--users", "3", "--articles", "2")
    assert result.exit_code == 0, result.output
    assert result.stderr == "Seeding\n"
    wrote, login = result.stdout.splitlines()
    assert wrote.startswith("Wrote 200 tags, 3 users, 6 follows, 2 articles, 6 favorites and 6 comments in ")
    assert wrote.endswith(" s.")
    assert login == "Sign in as mara_lindqvist_1@seed.example with the password assembly-required"


SEEDED = """\
Error: Cannot seed 1,500 users and 7 articles: this database has been seeded before, it has the user '{}'. \
To remove the generated rows, type: flask seed --remove
Seed another database, type: export FLASK_DATABASE_URL=sqlite:///seeded.sqlite3; \
flask setup; flask seed --users 1500 --articles 7
"""


def test_twice_is_refused(make_app: MakeApp) -> None:
    app = make_app()
    fill(app, 2, 2)
    written = there(app)
    result = invoke(app, "--users", "1500", "--articles", "7")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == SEEDED.format("mara_lindqvist_1")
    assert there(app) == written


def test_twice_is_refused_even_if_the_first_user_goes_by_another_name(make_app: MakeApp) -> None:
    app = make_app()
    fill(app, 2, 2)
    with app.app_context():
        store = assembled(app).store
        first = store.user(seed.FIRST_ID)
        assert first
        store.edit_user(first, {"username": "mara"})
    assert invoke(app, "--users", "1500", "--articles", "7").stderr == SEEDED.format("mara")


def test_an_existing_tag_is_reported_and_nothing_is_written(make_app: MakeApp) -> None:
    app = make_app()
    People(Client(in_process(app))).new().publish(tagList=["slow suppers"])
    before = there(app)
    result = invoke(app, "--users", "2", "--articles", "7")
    assert result.exit_code == 1
    assert "Cannot seed 2 users and 7 articles: the database refused rows of the table tags" in result.stderr
    assert "Nothing was written.\nSeed another database, type: export" in result.stderr
    assert there(app) == before


def test_a_failure_midway_says_what_stays(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    store = assembled(app).store
    load = store.load

    def refuse(table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        if table == "favorites":
            raise OSError("the disk is full")
        load(table, rows)

    monkeypatch.setattr(store, "load", refuse)
    result = invoke(app, "--users", "2", "--articles", "1")
    stay = sum(map(len, there(app).values()))
    assert result.exit_code == 1
    assert (
        "Cannot seed 2 users and 1 articles: the database refused rows of the table favorites, the disk is full. "
        f"The {stay} rows before it were written and stay. "
        "To remove the generated rows, type: flask seed --remove\nSeed another database"
    ) in result.stderr


def test_before_the_set_up_it_says_so(tmp_path: Path) -> None:
    result = invoke(create_app({"INSTANCE_PATH": str(tmp_path)}, root=ROOT))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There is no secret key yet. Run: ")
    assert result.stderr.endswith("flask setup\n")


@pytest.mark.parametrize("arguments", [("--users", "0"), ("--users", "100001"), ("--articles", "-1")])
def test_numbers_that_make_no_blog(make_app: MakeApp, arguments: tuple[str, str]) -> None:
    result = invoke(make_app(), *arguments)
    assert result.exit_code == 2
    assert f"Invalid value for '{arguments[0]}': {arguments[1]} is not in the range" in result.stderr


def test_help_teaches(make_app: MakeApp) -> None:
    said = " ".join(invoke(make_app(), "--help").stdout.split())
    assert "Add generated users and articles to the blog." in said
    assert "The number of users. [default: 200; 1<=x<=100000]" in said
    assert "The number of articles. [default: 1000; 0<=x<=1000000]" in said


def test_progress_is_told_of_every_row(make_app: MakeApp) -> None:
    app, told = make_app(), list[int]()
    with app.app_context():
        seed.fill(assembled(app).store, assembled(app).hashing, 30, 50, progress=told.append)
    assert sum(told) == sum(seed.counts(30, 50).values())
    assert max(told) <= seed.BATCH


def blog_of_others(app: Flask) -> tuple[People, dict[str, Any]]:
    """A blog with the demo data and an article by another user."""
    with app.app_context():
        demo.fill(assembled(app).store, assembled(app).hashing)
    people = People(Client(in_process(app)))
    return people, people.new().publish(tagList=["ordinary"])


@pytest.mark.full
@pytest.mark.parametrize("orm", options("orm"))
def test_seeds_can_be_removed_and_everything_else_stays(make_app: MakeApp, orm: str) -> None:
    app = make_app(STACK_ORM=orm)
    people, _ = blog_of_others(app)
    before = there(app)
    fill(app, 30, 60)
    result = invoke(app, "--remove", "--yes")
    assert result.exit_code == 0, result.output
    assert result.stdout == "Removed 30 generated users.\n"
    assert there(app) == before
    fill(app, 3, 3)
    late = people.new()
    late.publish(tagList=["slow suppers"])
    assert there(app)["users"][-1]["id"] > seed.FIRST_ID, "an id does not tell generated users from others"
    assert invoke(app, "--remove", "--yes").stdout == "Removed 3 generated users.\n"
    after = there(app)
    assert [user["username"] for user in after["users"]] == [
        *(user["username"] for user in before["users"]),
        after["users"][-1]["username"],
    ]
    assert ok(people.anyone.get("/articles", tag="slow suppers"))["articlesCount"] == 1


def test_a_renamed_seed_is_removed_and_a_deleted_one_is_no_obstacle(make_app: MakeApp) -> None:
    app = make_app()
    fill(app, 5, 5)
    with app.app_context():
        store = assembled(app).store
        for number, change in ((1, None), (2, {"username": "renamed"}), (3, {"email": "changed@example.com"})):
            user = store.user(seed.FIRST_ID + number - 1)
            assert user
            if change:
                store.edit_user(user, change)
            else:
                store.remove_user(user)
    assert invoke(app, "--remove", "--yes").stdout == "Removed 4 generated users.\n"
    assert [len(rows) for rows in there(app).values()] == [0] * 7


def test_an_interrupted_removal_can_be_repeated(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    fill(app, 5, 5)
    monkeypatch.setattr(seed, "BATCH", 2)
    store = assembled(app).store
    unload, calls = store.unload, list[str]()

    def fail_at_the_second(table: str, ids: Sequence[int]) -> None:
        calls.append(table)
        if len(calls) == 2:
            raise OSError("the disk is full")
        unload(table, ids)

    monkeypatch.setattr(store, "unload", fail_at_the_second)
    assert invoke(app, "--remove", "--yes").exit_code == 1
    assert there(app)["users"][0]["id"] == seed.FIRST_ID
    assert invoke(app, "--remove", "--yes").stdout == "Removed 3 generated users.\n"
    assert [len(rows) for rows in there(app).values()] == [0] * 7


def test_removing_asks_first_and_no_changes_nothing(make_app: MakeApp) -> None:
    app = make_app()
    fill(app, 3, 3)
    before = there(app)
    for answer, code in (("n\n", 1), ("", 1), ("y\n", 0)):
        assert there(app) == before
        result = app.test_cli_runner().invoke(command, ["--remove"], input=answer)
        assert "Delete 3 generated users, with all their articles, comments and favorites? [y/N]:" in result.stdout
        assert result.exit_code == code
    assert there(app)["users"] == []


def test_where_nothing_was_seeded_nothing_is_removed(make_app: MakeApp) -> None:
    app = make_app()
    blog_of_others(app)
    before = there(app)
    result = invoke(app, "--remove")
    assert (result.exit_code, result.stdout) == (0, "There are no generated users to remove.\n")
    assert there(app) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--yes",), "only --remove asks for confirmation. Type: flask seed --remove --yes"),
        (("--remove", "--users", "3"), "--remove and --users were given, but a part of the generated data cannot be"),
        (("--remove", "--articles", "3"), "To remove all of it, type: flask seed --remove"),
    ],
)
def test_options_that_do_not_go_together(make_app: MakeApp, arguments: tuple[str, ...], words: str) -> None:
    result = invoke(make_app(), *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
