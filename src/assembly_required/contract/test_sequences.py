"""Several requests in a row: one deletes or renames something that another refers to."""

from collections.abc import Callable

from .client import Client
from .expect import expect_error, ok
from .people import People, unique

Delete = Callable[[str], None]


def test_comments_of_a_deleted_article_are_deleted(people: People) -> None:
    author, writer = people.new(), people.new()
    slug = author.publish()["slug"]
    comment = writer.comment(slug)
    assert author.delete(f"/articles/{slug}").status == 204
    expect_error(people.anyone.get(f"/articles/{slug}/comments"), 404, article="not found")
    expect_error(writer.delete(f"/articles/{slug}/comments/{comment['id']}"), 404, article="not found")


def test_a_new_article_under_an_old_slug_starts_empty(people: People) -> None:
    author, reader = people.new(), people.new()
    title = unique("Again")
    old = author.publish(title=title, tagList=["a"])
    reader.comment(old["slug"])
    ok(reader.post(f"/articles/{old['slug']}/favorite"))
    assert author.delete(f"/articles/{old['slug']}").status == 204
    new = author.publish(title=title)
    assert new["slug"] == old["slug"]
    assert (new["favoritesCount"], new["tagList"]) == (0, [])
    assert ok(reader.get(f"/articles/{new['slug']}"))["article"]["favorited"] is False
    assert ok(people.anyone.get(f"/articles/{new['slug']}/comments"))["comments"] == []
    assert ok(people.anyone.get("/articles", favorited=reader.username))["articlesCount"] == 0


def test_a_deleted_article_leaves_all_lists(people: People) -> None:
    author, reader, tag = people.new(), people.new(), unique("tag")
    slug = author.publish(tagList=[tag])["slug"]
    ok(reader.post(f"/articles/{slug}/favorite"))
    ok(reader.post(f"/profiles/{author.username}/follow"))
    assert author.delete(f"/articles/{slug}").status == 204
    for query in ({"tag": tag}, {"author": author.username}, {"favorited": reader.username}):
        assert ok(people.anyone.get("/articles", **query)) == {"articles": [], "articlesCount": 0}
    assert ok(reader.get("/articles/feed")) == {"articles": [], "articlesCount": 0}


def test_a_tag_goes_with_its_last_article_and_can_come_back(people: People) -> None:
    author, tag = people.new(), unique("tag")
    first, second = (author.publish(tagList=[tag])["slug"] for _ in range(2))
    assert author.delete(f"/articles/{first}").status == 204
    assert tag in ok(people.anyone.get("/tags"))["tags"]
    ok(author.put(f"/articles/{second}", {"article": {"tagList": []}}))
    assert tag not in ok(people.anyone.get("/tags"))["tags"]
    ok(author.put(f"/articles/{second}", {"article": {"tagList": [tag]}}))
    assert tag in ok(people.anyone.get("/tags"))["tags"]


def test_a_renamed_user_keeps_their_data_under_the_new_name(people: People) -> None:
    author, reader = people.new(), people.new()
    article = author.publish()
    author.comment(article["slug"])
    ok(author.post(f"/articles/{article['slug']}/favorite"))
    ok(reader.post(f"/profiles/{author.username}/follow"))
    name = unique("renamed")
    ok(author.put("/user", {"user": {"username": name}}))
    expect_error(people.anyone.get(f"/profiles/{author.username}"), 404, profile="not found")
    assert ok(reader.get(f"/profiles/{name}"))["profile"]["following"] is True
    assert ok(people.anyone.get(f"/articles/{article['slug']}"))["article"]["author"]["username"] == name
    assert ok(people.anyone.get(f"/articles/{article['slug']}/comments"))["comments"][0]["author"]["username"] == name
    for query in ({"author": name}, {"favorited": name}):
        assert ok(people.anyone.get("/articles", **query))["articlesCount"] == 1
    for query in ({"author": author.username}, {"favorited": author.username}):
        assert ok(people.anyone.get("/articles", **query))["articlesCount"] == 0


def test_a_name_that_was_given_up_can_be_taken(people: People) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"username": unique("renamed"), "email": f"{unique('renamed')}@test.com"}}))
    heir = ok(people.register(user.username, user.email), 201)["user"]
    assert heir["username"] == user.username
    assert ok(user.get("/user"))["user"]["username"] != user.username


def test_an_edited_article_keeps_its_comments_and_favorites(people: People) -> None:
    author, reader = people.new(), people.new()
    slug = author.publish()["slug"]
    comment = reader.comment(slug)
    ok(reader.post(f"/articles/{slug}/favorite"))
    edited = ok(author.put(f"/articles/{slug}", {"article": {"title": unique("New")}}))["article"]
    assert edited["favoritesCount"] == 1
    assert ok(people.anyone.get(f"/articles/{edited['slug']}/comments"))["comments"] == [comment]
    assert reader.delete(f"/articles/{edited['slug']}/comments/{comment['id']}").status == 204


def test_a_token_does_not_outlive_its_user(people: People, delete_user: Delete) -> None:
    user = people.new()
    article = people.new().publish()
    delete_user(user.username)
    calls = [
        ("GET", "/user"),
        ("GET", "/articles"),
        ("POST", f"/articles/{article['slug']}/favorite"),
        ("PUT", "/user"),
    ]
    for method, path in calls:
        expect_error(user.call(method, path), 401, token="is invalid")
    expect_error(people.log_in(user.email), 401, credentials="invalid")


def test_a_token_does_not_pass_to_the_next_user(people: People, delete_user: Delete) -> None:
    user = people.new()
    delete_user(user.username)
    heir = ok(people.register(user.username, user.email), 201)["user"]
    expect_error(user.get("/user"), 401, token="is invalid")
    assert ok(Client(people.anyone.send, heir["token"]).get("/user"))["user"]["username"] == user.username


def test_everything_of_a_deleted_user_is_deleted(people: People, delete_user: Delete) -> None:
    user, other = people.new(), people.new()
    mine, theirs, tag = user.publish(tagList=[unique("tag")]), other.publish(), unique("tag")
    user.publish(tagList=[tag])
    user.comment(theirs["slug"])
    ok(user.post(f"/articles/{theirs['slug']}/favorite"))
    ok(other.post(f"/profiles/{user.username}/follow"))
    delete_user(user.username)
    expect_error(people.anyone.get(f"/profiles/{user.username}"), 404, profile="not found")
    expect_error(people.anyone.get(f"/articles/{mine['slug']}"), 404, article="not found")
    assert ok(people.anyone.get(f"/articles/{theirs['slug']}"))["article"] == theirs
    assert ok(people.anyone.get(f"/articles/{theirs['slug']}/comments"))["comments"] == []
    assert ok(other.get("/articles/feed"))["articlesCount"] == 0
    assert tag not in ok(people.anyone.get("/tags"))["tags"]
