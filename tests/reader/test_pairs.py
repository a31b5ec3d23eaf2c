"""Side by side: what does the same job is in one row, and nothing is lost."""

from itertools import combinations

import pytest
from flask.testing import FlaskClient

from assembly_required.reader.pairs import Row, align, list_pieces, write_diff
from assembly_required.reader.places import Side, find_side, list_sides
from assembly_required.stack.slots import SLOTS

pytestmark = pytest.mark.usefixtures("context")


def side(slot: str, name: str) -> Side:
    found = find_side(slot, name)
    assert found
    return found


def rows(slot: str, one: str, other: str) -> dict[str, Row]:
    return {row.title: row for row in align(side(slot, one), side(slot, other))}


@pytest.mark.parametrize("slot", SLOTS)
def test_every_section_is_in_one_row(slot: str) -> None:
    for left, right in combinations(list_sides(slot).values(), 2):
        found = align(left, right)
        for listings, each in (([row.left for row in found], left), ([row.right for row in found], right)):
            shown = sorted((listing.path, listing.start) for listing in listings if listing)
            assert shown == sorted(
                (f"assembly_required/{piece.path.as_posix().partition('/assembly_required/')[2]}", piece.section.start)
                for piece in list_pieces(each)
            )
        assert all(row.left or row.right for row in found)


@pytest.mark.parametrize(
    ("slot", "one", "other", "title", "texts"),
    [
        ("orm", "flask_sqlalchemy", "plain", "publish", ("publish", "publish")),
        ("orm", "flask_sqlalchemy", "peewee", "FlaskSQLAlchemyStore", ("FlaskSQLAlchemyStore", "PeeweeStore")),
        ("orm", "peewee-example", "django-example", "publish", ("publish_article", "ArticleList.post")),
        ("hashing", "plain", "argon2", "PlainHashing", ("PlainHashing", "Argon2Hashing")),
        ("hashing", "plain", "argon2", "build", ("build", "build")),
        ("login", "django-example", "flask_login-example", "sign out", ("urlpatterns", "logout")),
        ("orm", "flask_sqlalchemy", "django-peer", "Article", ("Article", "Article")),
    ],
)
def test_what_does_the_same_job_is_in_one_row(
    slot: str, one: str, other: str, title: str, texts: tuple[str, str]
) -> None:
    found = rows(slot, one, other)
    row = next((row for name, row in found.items() if title in name.split(", ")), None)
    assert row, [*found]
    for listing, text in zip((row.left, row.right), texts, strict=True):
        assert listing
        assert text in (listing.title, listing.title.rpartition(".")[2], *str(listing.html).split())


def test_what_one_side_has_alone_is_shown_as_a_gap(client: FlaskClient) -> None:
    row = rows("login", "flask_login", "plain")["RotatingLoginManager"]
    assert row.left
    assert row.right is None
    page = client.get("/tutorial/login/flask_login-and-plain/").text
    assert "<strong>adapter plain</strong> has nothing of this name. It is how the other side does its job" in page


@pytest.mark.parametrize(
    ("slot", "one", "other", "title", "why"),
    [
        ("login", "flask_login", "django-example", "sign_out", "Only adapters have the interface"),
        ("orm", "flask_sqlalchemy", "django-example", "publish", "Only examples mark their steps"),
        ("migrations", "flask_migrate", "fastapi-peer", "alembic.ini", "It needs no such file"),
    ],
)
def test_a_gap_is_explained_by_what_is_missing(slot: str, one: str, other: str, title: str, why: str) -> None:
    gaps = [row.gap for row in align(side(slot, one), side(slot, other)) if title in row.title.split(", ")]
    assert any(why in gap for gap in gaps), gaps


def test_a_slot_without_an_option_django_means_the_example() -> None:
    assert side("login", "django").title == "example django"
    assert side("orm", "django").title == "adapter django"


def test_a_diff_pairs_files_of_the_same_name() -> None:
    one, other = side("orm", "flask_sqlalchemy"), side("orm", "plain")
    titles = [title for title, _ in write_diff(one, other)]
    assert "adapter flask_sqlalchemy: store.py | adapter plain: store.py" in titles
    assert "adapter flask_sqlalchemy: models.py | adapter plain: nothing" in titles
    ((title, html),) = write_diff(side("hashing", "plain"), side("hashing", "argon2"))
    assert title == "adapter plain: plain.py | adapter argon2: argon2.py"
    assert '<span class="gi">+from argon2 import PasswordHasher</span>' in html
