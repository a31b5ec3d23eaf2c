"""What each example for docs_ui does, by the same requests."""

import re


def test_the_page_shows_the_document(example):
    page = example.get("/docs/")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "/openapi.json" in page.text
    assert 'name="viewport"' in page.text.replace("'", '"')


def test_the_document_is_there(example):
    document = example.get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert list(document["paths"]) == ["/hello/{name}"]
    assert example.get("/hello/ada").json == {"hello": "ada"}


def test_every_file_of_the_page_comes_from_this_server(example):
    page = example.get("/docs/").text
    files = re.findall(r"<(?:script|link)[^>]*(?:src|href)=[\"']([^\"']+)", page)
    assert files
    for file in files:
        assert not re.match(r"(https?:)?//", file), file
        path = file if file.startswith("/") else f"/docs/{file.removeprefix('./')}"
        answer = example.get(path)
        assert answer.status == 200, path
        assert answer.text or path.endswith(".png")


def test_a_file_that_is_not_there(example):
    assert example.get("/docs/nothing-here.js").status == 404
    assert example.get("/docs/../../etc/passwd").status == 404
