"""All examples for articles, tags and comments give the same answers to the same requests."""

import pytest

# What each library's pagination answers. By hand it is 404 for a page that is not there, 200 for one that is no number.
PAGES = {
    "flask_sqlalchemy": {"99": 404, "0": 404, "x": 404},
    "django": {"99": 404, "0": 404, "x": 404},
    "django_in_flask": {"99": 404, "0": 404, "x": 404},
    "peewee": {"99": 200, "0": 200, "x": 200},
    "sqlalchemy_core": {"99": 404, "0": 404, "x": 200},
    "plain": {"99": 404, "0": 404, "x": 200},
}
# Flask reads JSON only from a body that says it is JSON. Django reads any body.
OTHER_CONTENT_TYPE = {"django": 201}


def publish(example, title="On orchids", author="ann", tags=(), body="Text."):
    answer = example.post("/articles", value={"author": author, "title": title, "body": body, "tags": list(tags)})
    assert answer.status == 201, answer.text
    return answer.json


def comment(example, article, author, body):
    return example.post(f"/articles/{article['id']}/comments", value={"author": author, "body": body})


def test_an_empty_list_is_a_page(example):
    answer = example.get("/articles")
    assert answer.status == 200
    assert answer.json["articles"] == []
    assert answer.json["page"] == 1


def test_publish_with_tags_then_show_and_list(example):
    first = publish(example, "On orchids", "ann", ["plants", "books", "plants"])
    assert first == {"id": first["id"], "title": "On orchids", "author": "ann", "tags": ["books", "plants"]}
    second = publish(example, "On ferns", "bob", ["plants"])
    third = publish(example, "On nothing", "ann")
    assert third["tags"] == []
    for author, body in [("bob", "Nice."), ("cem", "Too short."), ("bob", "Again.")]:
        answer = comment(example, first, author, body)
        assert (answer.status, answer.json) == (201, {"author": author, "body": body})
    comments = [{"author": "bob", "body": "Nice."}, {"author": "cem", "body": "Too short."}]
    comments.append({"author": "bob", "body": "Again."})
    assert example.get(f"/articles/{first['id']}").json == {**first, "body": "Text.", "comments": comments}
    assert example.get("/articles").json["articles"][:3] == [
        {**third, "comment_count": 0},
        {**second, "comment_count": 0},
        {**first, "comment_count": 3},
    ]


def test_pages_of_ten_newest_first(example):
    published = [publish(example, f"Number {number}", tags=[f"n{number}"])["id"] for number in range(25)]
    first, second = example.get("/articles?page=1").json, example.get("/articles?page=2").json
    assert first["page"] == 1
    assert second["page"] == 2
    assert first["pages"] >= 3
    listed = [article["id"] for article in first["articles"] + second["articles"]]
    assert listed == published[:-21:-1]
    assert [article["tags"] for article in first["articles"][:2]] == [["n24"], ["n23"]]


@pytest.mark.parametrize("page", ["99", "0", "x"])
def test_a_page_that_is_not_there(example, page):
    assert example.get(f"/articles?page={page}").status == PAGES[example.name][page]


def test_change_the_title_and_nothing_else(example):
    article = publish(example, "Befor", "ann", ["typo"])
    comment(example, article, "bob", "Typo!")
    changed = example.post(f"/articles/{article['id']}", value={"title": "Before", "author": "bob"}, method="PATCH")
    assert (changed.status, changed.json) == (200, {**article, "title": "Before"})
    shown = example.get(f"/articles/{article['id']}").json
    assert shown == {**article, "title": "Before", "body": "Text.", "comments": [{"author": "bob", "body": "Typo!"}]}


def test_delete_with_all_that_belongs_to_it(example):
    other = publish(example, "Stays", "ann", ["shared"])
    comment(example, other, "bob", "Stays too.")
    article = publish(example, "Goes", "ann", ["shared", "lonely"])
    comment(example, article, "bob", "Goes too.")
    path = f"/articles/{article['id']}"
    answer = example.send("DELETE", path)
    assert (answer.status, answer.text) == (204, "")
    assert example.get(path).status == example.send("DELETE", path).status == 404
    assert example.get(f"/articles/{other['id']}").json["comments"] == [{"author": "bob", "body": "Stays too."}]
    # SQLite may give the id of a deleted row to the next one: what was left behind would show here.
    heir = publish(example, "Next", "ann")
    assert example.get(f"/articles/{heir['id']}").json == {**heir, "body": "Text.", "comments": []}


@pytest.mark.parametrize(
    "value",
    [
        b"{",
        [],
        None,
        "text",
        {"title": "No author", "body": "", "tags": []},
        {"author": "ann", "title": "", "body": "Text.", "tags": []},
        {"author": "ann", "title": 1, "body": "Text.", "tags": []},
        {"author": "ann", "title": "No list", "body": "Text.", "tags": "a b"},
        {"author": "ann", "title": "Not texts", "body": "Text.", "tags": [["a"], 1]},
    ],
)
def test_bad_input_is_refused(example, value):
    before = example.get("/articles").json
    assert example.post("/articles", value=value).status == 400
    assert example.get("/articles").json == before


def test_bad_titles_and_comments_are_refused(example):
    article = publish(example)
    path = f"/articles/{article['id']}"
    for value in ({}, {"title": ""}, {"title": None}, b"no"):
        assert example.post(path, value=value, method="PATCH").status == 400
    for value in ({}, {"author": "ann"}, {"author": "ann", "body": ""}, b"no"):
        assert example.post(f"{path}/comments", value=value).status == 400
    assert example.get(path).json == {**article, "body": "Text.", "comments": []}


def test_an_article_that_is_not_there(example):
    assert example.get("/articles/99999").status == 404
    assert example.get("/articles/x").status == 404
    assert example.post("/articles/99999", value={"title": "No"}, method="PATCH").status == 404
    assert example.post("/articles/99999/comments", value={"author": "ann", "body": "No"}).status == 404
    assert example.send("DELETE", "/articles/99999").status == 404


def test_other_content_types(example):
    body = b'{"author": "ann", "title": "Plain", "body": "Text.", "tags": []}'
    answer = example.send("POST", "/articles", body, {"Content-Type": "text/plain"})
    assert answer.status == OTHER_CONTENT_TYPE.get(example.name, 415)
