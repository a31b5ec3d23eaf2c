"""Profiles, and following users (section 1.3 of the contract)."""

import pytest

from .client import Client
from .expect import expect_error, ok
from .people import People, unique


def test_everybody_can_read_a_profile(people: People) -> None:
    user = people.new()
    expected = {"profile": {"username": user.username, "bio": None, "image": None, "following": False}}
    assert ok(people.anyone.get(f"/profiles/{user.username}")) == expected
    assert ok(people.new().get(f"/profiles/{user.username}")) == expected


def test_a_profile_shows_bio_and_image(people: People) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"bio": "B", "image": "I"}}))
    assert ok(people.anyone.get(f"/profiles/{user.username}"))["profile"] == user.profile | {"bio": "B", "image": "I"}


def test_following_and_unfollowing(people: People) -> None:
    user, other = people.new(), people.new()
    path = f"/profiles/{other.username}"
    assert ok(user.post(f"{path}/follow")) == {"profile": other.profile | {"following": True}}
    assert ok(user.get(path))["profile"]["following"] is True
    assert ok(user.delete(f"{path}/follow")) == {"profile": other.profile}
    assert ok(user.get(path))["profile"]["following"] is False


def test_following_twice_counts_once(people: People) -> None:
    user, other = people.new(), people.new()
    path = f"/profiles/{other.username}/follow"
    for _ in range(2):
        assert ok(user.post(path))["profile"]["following"] is True
    for _ in range(2):
        assert ok(user.delete(path))["profile"]["following"] is False


def test_following_is_one_sided_and_belongs_to_the_viewer(people: People) -> None:
    user, other, third = people.new(), people.new(), people.new()
    ok(user.post(f"/profiles/{other.username}/follow"))
    assert ok(other.get(f"/profiles/{user.username}"))["profile"]["following"] is False
    assert ok(third.get(f"/profiles/{other.username}"))["profile"]["following"] is False
    assert ok(people.anyone.get(f"/profiles/{other.username}"))["profile"]["following"] is False


@pytest.mark.parametrize(("method", "below"), [("GET", ""), ("POST", "/follow"), ("DELETE", "/follow")])
def test_an_unknown_name_is_not_found(people: People, method: str, below: str) -> None:
    expect_error(people.new().call(method, f"/profiles/{unique('nobody')}{below}"), 404, profile="not found")


def test_a_body_is_ignored(people: People) -> None:
    user, other = people.new(), people.new()
    answer = user.call("POST", f"/profiles/{other.username}/follow", b"{", {"Content-Type": "text/plain"})
    assert ok(answer)["profile"]["following"] is True


def test_names_differ_by_case(people: People, anyone: Client) -> None:
    user = people.new()
    expect_error(anyone.get(f"/profiles/{user.username.upper()}"), 404, profile="not found")
